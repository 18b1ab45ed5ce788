package dev.migrator.config;

import dev.migrator.migration.MigrationVersion;

/** How far a run goes. */
public sealed interface MigrationTarget {

  /** Everything that is pending. */
  record Latest() implements MigrationTarget {}

  /**
   * Everything that is pending up to a version, that version included.
   *
   * @param version the last version to apply; a script must have it
   */
  record UpTo(MigrationVersion version) implements MigrationTarget {}

  /**
   * One version alone. Refused when an earlier one is pending, unless out of order is allowed.
   *
   * @param version the version to apply; a script must have it
   */
  record Only(MigrationVersion version) implements MigrationTarget {}

  /**
   * The next pending migrations.
   *
   * @param count how many, at least 1
   */
  record Steps(int count) implements MigrationTarget {

    /** Checks the count. */
    public Steps {
      if (count < 1) {
        throw new IllegalArgumentException("steps must be at least 1, not " + count);
      }
    }
  }

  /** Everything that is pending. */
  static MigrationTarget latest() {
    return new Latest();
  }

  /**
   * Everything that is pending up to a version, that version included.
   *
   * @throws IllegalArgumentException when the text is not a version
   */
  static MigrationTarget upTo(String version) {
    return new UpTo(MigrationVersion.of(version));
  }

  /**
   * One version alone.
   *
   * @throws IllegalArgumentException when the text is not a version
   */
  static MigrationTarget only(String version) {
    return new Only(MigrationVersion.of(version));
  }

  /**
   * The next pending migrations.
   *
   * @throws IllegalArgumentException when the count is below 1
   */
  static MigrationTarget steps(int count) {
    return new Steps(count);
  }
}
