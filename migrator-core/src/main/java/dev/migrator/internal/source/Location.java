package dev.migrator.internal.source;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place that holds scripts. */
interface Location {

  /** Drizzle's list of its migrations. */
  String JOURNAL = "meta/_journal.json";

  /** Beside diesel's scripts. */
  String METADATA = "metadata.toml";

  /** What Flyway appends to a script's name to say how it runs. */
  String CONF = ".conf";

  /** The scripts of a directory that is one migration. */
  Set<String> IN_DIRECTORY = Set.of("up.sql", "down.sql", "migration.sql");

  /**
   * The SQL files, and the files that tell how they are read, in no particular order.
   *
   * @param recursive whether folders within are searched too; the files of {@linkplain #IN_DIRECTORY migration
   *     directories} are found in any case
   * @throws dev.migrator.migration.MigrationException {@code LOCATION_NOT_FOUND} when the place does not exist or cannot
   *     be read
   */
  List<Found> files(boolean recursive);

  /** What a build wrote of this location; {@code null} when there is none. */
  default @Nullable JarIndex index(MigrationSource.Settings settings) {
    return null;
  }

  /** The location as it was configured. */
  String description();

  /** Whether a file counts: in capitals too, so that a misnamed script is told of rather than passed over. */
  static boolean isScript(String fileName) {
    return fileName.regionMatches(true, fileName.length() - 4, ".sql", 0, 4);
  }

  /** Whether a file of this path within the location is one to be found. */
  static boolean isWanted(String path, boolean recursive) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    boolean inFolder = slash >= 0;
    boolean oneDeep = inFolder && path.indexOf('/') == slash;
    if (isScript(name) || name.endsWith(".sql" + CONF)) {
      return recursive || !inFolder || (oneDeep && IN_DIRECTORY.contains(name));
    }
    return path.equals(JOURNAL) || (name.equals(METADATA) && (oneDeep || (recursive && inFolder)));
  }
}
