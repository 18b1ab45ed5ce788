package dev.migrator.testing;

/**
 * A version of PostgreSQL.
 *
 * @param number what {@code SHOW server_version_num} says, {@code 170011} for 17.11
 */
public record ServerVersion(int number) {
  /**
   * The part that changes once a year.
   *
   * @return 17 for 17.11
   */
  public int major() {
    return number / 10_000;
  }

  @Override
  public String toString() {
    return major() + "." + number % 10_000;
  }
}
