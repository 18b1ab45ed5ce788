package dev.migrator.migration;

/**
 * One named change: its identity, independent of whether it was found in a location, in the database, or in both.
 *
 * @param id the primary key in the tracking table: the version as the file name writes it ({@code 0006}), or
 *     {@code 0003~name} where duplicate versions were allowed
 * @param version the version
 * @param name the description part of the file name, as written
 * @param kind what sort of entry this is
 * @param script the script's path within its location; empty for a baseline
 */
public record Migration(
    String id, MigrationVersion version, String name, MigrationKind kind, String script) {

  /** What makes it unique: the version's canonical form, with the name where the version is shared ({@code 3~name}). */
  public String key() {
    int tilde = id.indexOf('~');
    return tilde < 0 ? version.key() : version.key() + id.substring(tilde);
  }

  /** Version and name, as messages cite a migration: {@code 0006 add_invoices}. */
  public String label() {
    return name.isEmpty() ? id : version.text() + " " + name;
  }
}
