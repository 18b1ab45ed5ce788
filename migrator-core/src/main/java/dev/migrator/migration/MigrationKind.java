package dev.migrator.migration;

import java.util.Locale;

/** What sort of entry a migration is in the tracking table. */
public enum MigrationKind {
  /** A change with a version, applied once. */
  VERSIONED,
  /** A script without a version, applied again whenever its content is one that was never applied before. */
  REPEATABLE,
  /** The mark below which nothing runs: set where a database existed before, or by a script that stands for all before it. */
  BASELINE;

  /** The name under which the tracking table stores the kind. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }
}
