package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file is called.
 *
 * @param kind what sort of migration it belongs to
 * @param version the version; {@link MigrationVersion#NONE} of a repeatable one
 * @param name the description as written; empty when there is none
 * @param down whether it is the down script of that version
 */
record ScriptName(MigrationKind kind, MigrationVersion version, String name, boolean down) {

  private static final String ROLLBACK = "_rollback";
  private static final String VERSION = "([0-9]+(?:[.-][0-9]+)*)";
  private static final String NAME = "(?:[_-]+(.+?))?";

  private static final Pattern NUMBERED = Pattern.compile(VERSION + NAME + "\\.sql");
  private static final Pattern UP_DOWN = Pattern.compile(VERSION + NAME + "\\.(up|down)\\.sql");
  /** What is named like an up or a down script, in whatever letters, is no numbered one. */
  private static final Pattern LIKE_UP_DOWN =
      Pattern.compile(".*\\.(?:up|down)\\.sql", Pattern.CASE_INSENSITIVE);

  private static final Pattern DIRECTORY = Pattern.compile(VERSION + NAME);
  private static final Pattern FLYWAY =
      Pattern.compile("([VUB])([0-9]+(?:[._][0-9]+)*)(?:__(.*))?\\.sql");
  private static final Pattern REPEATABLE = Pattern.compile("R__(.+)\\.sql");

  /** What a file is called under a convention; empty when its name says nothing. */
  static Optional<ScriptName> read(Found file, NamingConvention convention) {
    boolean own = Location.IN_DIRECTORY.contains(file.fileName());
    return switch (convention) {
      case NUMBERED -> numbered(file.fileName()).map(ScriptName::withRollback);
      case DBMATE, GOOSE, SQL_MIGRATE -> numbered(file.fileName());
      case UP_DOWN -> upDown(file.fileName());
      case FLYWAY -> flyway(file.fileName());
      case DIRECTORY -> own ? directory(file.folderName(), file.fileName()) : Optional.empty();
      case DRIZZLE, AUTOMATIC ->
        throw new IllegalArgumentException(convention + " does not go by file names");
    };
  }

  /** The name of a versioned migration. */
  static ScriptName versioned(String version, @Nullable String name, boolean down) {
    return new ScriptName(
        MigrationKind.VERSIONED, MigrationVersion.of(version), name == null ? "" : name, down);
  }

  /** What messages cite where the version is shared: {@code version 3}, {@code repeatable views}. */
  String words() {
    return switch (kind) {
      case VERSIONED -> "version " + version.key();
      case BASELINE -> "baseline " + version.key();
      case REPEATABLE -> "repeatable " + name;
    };
  }

  private static Optional<ScriptName> numbered(String fileName) {
    Matcher name = NUMBERED.matcher(fileName);
    if (!name.matches() || LIKE_UP_DOWN.matcher(fileName).matches()) {
      return Optional.empty();
    }
    return Optional.of(versioned(name.group(1), name.group(2), false));
  }

  private ScriptName withRollback() {
    return name.endsWith(ROLLBACK)
        ? new ScriptName(kind, version, name.substring(0, name.length() - ROLLBACK.length()), true)
        : this;
  }

  private static Optional<ScriptName> upDown(String fileName) {
    Matcher name = UP_DOWN.matcher(fileName);
    return name.matches()
        ? Optional.of(versioned(name.group(1), name.group(2), name.group(3).equals("down")))
        : Optional.empty();
  }

  private static Optional<ScriptName> directory(String folder, String fileName) {
    Matcher name = DIRECTORY.matcher(folder);
    return name.matches()
        ? Optional.of(versioned(name.group(1), name.group(2), fileName.equals("down.sql")))
        : Optional.empty();
  }

  private static Optional<ScriptName> flyway(String fileName) {
    Matcher repeatable = REPEATABLE.matcher(fileName);
    if (repeatable.matches()) {
      return Optional.of(new ScriptName(
          MigrationKind.REPEATABLE, MigrationVersion.NONE, repeatable.group(1), false));
    }
    Matcher name = FLYWAY.matcher(fileName);
    if (!name.matches()) {
      return Optional.empty();
    }
    ScriptName versioned = versioned(name.group(2), name.group(3), name.group(1).equals("U"));
    return Optional.of(
        name.group(1).equals("B")
            ? new ScriptName(MigrationKind.BASELINE, versioned.version(), versioned.name(), false)
            : versioned);
  }
}
