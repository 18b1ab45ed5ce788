package dev.migrator.internal.source;

import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;

/** A migration that this application has, whatever it is written in. */
public sealed interface Resolved permits ResolvedMigration, ResolvedCode {

  /** Its identity. */
  Migration migration();

  /**
   * The checksum of its content.
   *
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_UNREADABLE} when a file cannot be read
   */
  Checksum checksum();

  /** Whether it tells how it is undone. */
  boolean hasRollback();
}
