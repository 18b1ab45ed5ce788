package dev.migrator.migration;

/**
 * One named change: its identity, independent of whether it was found in a location, in the database, or in both.
 *
 * @param id the primary key in the tracking table: the version as the file name writes it ({@code 0006}),
 *     {@code 0003~name} where duplicate versions were allowed, or {@code R:name} of a repeatable one
 * @param version the version; {@link MigrationVersion#NONE} of a repeatable one
 * @param name the description part of the file name, as written
 * @param kind what sort of entry this is
 * @param script the script's path within its location; empty for a baseline that was only declared
 */
public record Migration(
    String id, MigrationVersion version, String name, MigrationKind kind, String script) {

  private static final String REPEATABLE = "R:";

  /**
   * A migration without a version.
   *
   * @param name its name, which is its identity
   * @param script the script's path within its location
   */
  public static Migration repeatable(String name, String script) {
    return new Migration(
        REPEATABLE + name, MigrationVersion.NONE, name, MigrationKind.REPEATABLE, script);
  }

  /**
   * What makes it unique: the version's canonical form, with the name where the version is shared ({@code 3~name}); the
   * {@link #id} of a repeatable one.
   */
  public String key() {
    if (kind == MigrationKind.REPEATABLE) {
      return id;
    }
    int tilde = id.indexOf('~');
    return tilde < 0 ? version.key() : version.key() + id.substring(tilde);
  }

  /**
   * Checks a text by which an operator may mean a migration.
   *
   * @param name a version, or the whole {@link #id} of a migration that has none of its own
   * @throws IllegalArgumentException when the text is neither
   */
  public static void requireName(String name) {
    if (!isId(name)) {
      MigrationVersion.of(name);
    }
  }

  /**
   * Whether an operator means it.
   *
   * @param name a version, or the whole {@link #id} of a migration that has none of its own
   * @throws IllegalArgumentException when the text is neither
   */
  public boolean isCalled(String name) {
    return isId(name)
        ? id.equals(name)
        : kind != MigrationKind.REPEATABLE && version.equals(MigrationVersion.of(name));
  }

  private static boolean isId(String name) {
    return name.startsWith(REPEATABLE) || name.indexOf('~') >= 0;
  }

  /** Version and name, as messages cite a migration: {@code 0006 add_invoices}. */
  public String label() {
    return name.isEmpty() || kind == MigrationKind.REPEATABLE ? id : version.text() + " " + name;
  }
}
