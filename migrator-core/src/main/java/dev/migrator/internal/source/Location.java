package dev.migrator.internal.source;

import dev.migrator.migration.MigrationException;
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
   * @param recursive whether folders within are searched too; what is in a folder whose name begins with a version is
   *     found in any case, and so are {@linkplain #IN_DIRECTORY the scripts of a migration} in any folder: these are
   *     migrations, or taken for some by somebody
   * @return {@code null} when there is no such place
   * @throws dev.migrator.migration.MigrationException {@code LOCATION_NOT_FOUND} when the place cannot be read
   */
  @Nullable
  List<Found> search(boolean recursive);

  /** {@code LOCATION_NOT_FOUND}, because there is no such place. */
  MigrationException absent();

  /**
   * What {@link #search} finds.
   *
   * @throws MigrationException {@code LOCATION_NOT_FOUND} when the place does not exist or cannot be read
   */
  default List<Found> files(boolean recursive) {
    List<Found> files = search(recursive);
    if (files == null) {
      throw absent();
    }
    return files;
  }

  /** What a build wrote of this location; {@code null} when there is none. */
  default @Nullable JarIndex index(MigrationSource.Settings settings) {
    return null;
  }

  /** The location as it was configured. */
  String description();

  /** Whether a file counts: in capitals too, so that a misnamed script is told of rather than passed over. */
  static boolean isScript(String fileName) {
    return endsWith(fileName, ".sql");
  }

  private static boolean endsWith(String fileName, String end) {
    return fileName.regionMatches(true, fileName.length() - end.length(), end, 0, end.length());
  }

  /** Whether a folder's name begins with a version; one that does not, such as {@code archive}, is no migration. */
  static boolean isVersioned(String folderName) {
    return !folderName.isEmpty() && folderName.charAt(0) >= '0' && folderName.charAt(0) <= '9';
  }

  /** Whether a file of this path within the location is one to be found. */
  static boolean isWanted(String path, boolean recursive) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    boolean inFolder = slash >= 0;
    boolean near = inFolder && (recursive || path.indexOf('/') == slash);
    boolean inMigration =
        near && isVersioned(path.substring(path.lastIndexOf('/', slash - 1) + 1, slash));
    if (isScript(name) || endsWith(name, ".sql" + CONF)) {
      return recursive || !inFolder || inMigration || (near && IN_DIRECTORY.contains(name));
    }
    return isJournal(path, recursive) || (name.equals(METADATA) && inMigration);
  }

  /** Whether a path is that of a folder's journal. */
  static boolean isJournal(String path, boolean recursive) {
    return path.equals(JOURNAL) || (recursive && path.endsWith("/" + JOURNAL));
  }
}
