package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file name says.
 *
 * @param kind what sort of migration it names
 * @param version the version; {@link MigrationVersion#NONE} of a repeatable one
 * @param name the description as written; empty when there is none
 * @param down whether it is the down script of that version
 */
record ScriptName(MigrationKind kind, MigrationVersion version, String name, boolean down) {

  private static final String VERSION = "([0-9]+(?:[.-][0-9]+)*)";

  private static final Pattern NUMBERED =
      Pattern.compile(VERSION + "(?:[_-]+(.+?))?(_rollback)?\\.sql");
  private static final Pattern UP_DOWN =
      Pattern.compile(VERSION + "(?:[_-]+(.+?))?\\.(up|down)\\.sql");
  private static final Pattern FLYWAY =
      Pattern.compile("([VUB])([0-9]+(?:[._][0-9]+)*)(?:__(.*))?\\.sql");

  private static final Pattern FLYWAY_REPEATABLE = Pattern.compile("R__(.+)\\.sql");

  /** What a file name says under a convention; empty when it says nothing. */
  static Optional<ScriptName> read(String fileName, NamingConvention convention) {
    return switch (convention) {
      case NUMBERED -> numbered(fileName);
      case UP_DOWN -> {
        Matcher name = UP_DOWN.matcher(fileName);
        yield name.matches()
            ? Optional.of(of(name.group(1), name.group(2), name.group(3).equals("down")))
            : Optional.empty();
      }
      case FLYWAY -> flyway(fileName);
      case AUTOMATIC ->
        throw new IllegalArgumentException("a file name is read under one convention");
    };
  }

  private static Optional<ScriptName> flyway(String fileName) {
    Matcher repeatable = FLYWAY_REPEATABLE.matcher(fileName);
    if (repeatable.matches()) {
      return Optional.of(new ScriptName(
          MigrationKind.REPEATABLE, MigrationVersion.NONE, repeatable.group(1), false));
    }
    Matcher name = FLYWAY.matcher(fileName);
    if (!name.matches()) {
      return Optional.empty();
    }
    ScriptName versioned = of(name.group(2), name.group(3), name.group(1).equals("U"));
    return Optional.of(
        name.group(1).equals("B")
            ? new ScriptName(MigrationKind.BASELINE, versioned.version(), versioned.name(), false)
            : versioned);
  }

  private static Optional<ScriptName> numbered(String fileName) {
    Matcher name = NUMBERED.matcher(fileName);
    if (!name.matches() || UP_DOWN.matcher(fileName).matches()) {
      return Optional.empty();
    }
    return Optional.of(of(name.group(1), name.group(2), name.group(3) != null));
  }

  private static ScriptName of(String version, @Nullable String name, boolean down) {
    return new ScriptName(
        MigrationKind.VERSIONED, MigrationVersion.of(version), name == null ? "" : name, down);
  }
}
