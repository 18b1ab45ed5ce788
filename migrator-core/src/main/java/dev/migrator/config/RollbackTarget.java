package dev.migrator.config;

import dev.migrator.migration.MigrationVersion;

/** How much a rollback undoes, latest migration first. */
public sealed interface RollbackTarget {

  /**
   * The latest applied migrations.
   *
   * @param count how many, at least 1; more than are applied means all
   */
  record Steps(int count) implements RollbackTarget {

    /** Checks the count. */
    public Steps {
      if (count < 1) {
        throw new IllegalArgumentException("steps must be at least 1, not " + count);
      }
    }
  }

  /**
   * Every migration that was applied after a version.
   *
   * @param version the version that stays as the latest; it must be applied
   */
  record DownTo(MigrationVersion version) implements RollbackTarget {}

  /** Every applied migration, down to the baseline or to nothing. */
  record All() implements RollbackTarget {}

  /**
   * The latest applied migrations.
   *
   * @throws IllegalArgumentException when the count is below 1
   */
  static RollbackTarget steps(int count) {
    return new Steps(count);
  }

  /**
   * Every migration that was applied after a version; the version itself stays.
   *
   * @throws IllegalArgumentException when the text is not a version
   */
  static RollbackTarget downTo(String version) {
    return new DownTo(MigrationVersion.of(version));
  }

  /** Every applied migration. */
  static RollbackTarget all() {
    return new All();
  }
}
