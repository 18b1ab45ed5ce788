package dev.migrator.config;

/**
 * A query of the user's that must return no row once the migrations are applied. It runs in a read-only transaction.
 *
 * @param name what reports call it, for example its file
 * @param sql one query, without a final semicolon
 */
public record CheckQuery(String name, String sql) {

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when one is blank
   */
  public CheckQuery {
    if (name.isBlank() || sql.isBlank()) {
      throw new IllegalArgumentException("a check query must have a name and a text");
    }
  }

  /** Its name only: the text may be long. */
  @Override
  public String toString() {
    return name;
  }
}
