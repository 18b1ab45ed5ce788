package dev.migrator.config;

import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which migrations must have a down script. Those that it does not ask count as legacy; one that declares why it is
 * irreversible needs none. Repeatable migrations and baseline scripts never have one.
 */
public sealed interface RollbackPolicy {

  /** Every migration. */
  record Required() implements RollbackPolicy {

    @Override
    public boolean asks(Migration migration) {
      return migration.kind() == MigrationKind.VERSIONED;
    }
  }

  /**
   * Every migration from a version on.
   *
   * @param version the first version that needs one; no migration need have it
   */
  record RequiredFrom(MigrationVersion version) implements RollbackPolicy {

    @Override
    public boolean asks(Migration migration) {
      return migration.kind() == MigrationKind.VERSIONED
          && migration.version().compareTo(version) >= 0;
    }
  }

  /**
   * Every migration whose script's path matches.
   *
   * @param globs patterns of paths within a location, as {@link java.nio.file.FileSystem#getPathMatcher} reads them:
   *     {@code billing/**}
   */
  record RequiredFor(List<String> globs) implements RollbackPolicy {

    /** Keeps a copy, and tries the patterns. */
    public RequiredFor {
      globs = List.copyOf(globs);
      globs.forEach(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob));
    }

    @Override
    public boolean asks(Migration migration) {
      return migration.kind() == MigrationKind.VERSIONED
          && globs.stream().anyMatch(glob -> matches(glob, migration.script()));
    }

    private static boolean matches(String glob, String script) {
      try {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(script));
      } catch (InvalidPathException e) {
        return false;
      }
    }
  }

  /** None. */
  record NotRequired() implements RollbackPolicy {

    @Override
    public boolean asks(Migration migration) {
      return false;
    }
  }

  /** Whether a migration must have a down script. */
  boolean asks(Migration migration);

  /** Every migration must have one. */
  static RollbackPolicy required() {
    return new Required();
  }

  /**
   * Every migration from a version on must have one.
   *
   * @throws IllegalArgumentException when the text is not a version
   */
  static RollbackPolicy requiredFrom(String version) {
    return new RequiredFrom(MigrationVersion.of(version));
  }

  /**
   * Every migration whose script's path matches one of the patterns must have one.
   *
   * @throws IllegalArgumentException when a text is not a pattern
   */
  static RollbackPolicy requiredFor(String... globs) {
    return new RequiredFor(List.of(globs));
  }

  /** None must have one; those that are there are tried all the same. */
  static RollbackPolicy notRequired() {
    return new NotRequired();
  }
}
