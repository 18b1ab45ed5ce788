package dev.migrator.internal.source;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.migration.FailureCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scripts of all locations, as migrations in the order of their versions. */
public final class MigrationSource {

  private static final String CLASSPATH = "classpath:";
  private static final String FILESYSTEM = "filesystem:";

  private final List<Location> locations;
  private final Settings settings;
  private final ReadingRules placeholders;

  /**
   * How locations are read.
   *
   * @param naming the naming convention
   * @param recursive whether folders within a location are read too
   * @param allowEmpty whether a location without a script is no error
   * @param duplicates what to do with two scripts of one version
   */
  public record Settings(
      NamingConvention naming,
      boolean recursive,
      boolean allowEmpty,
      DuplicateVersionPolicy duplicates) {

    /** What of it decides how a folder is read, in words for an index. */
    String words() {
      return naming + (recursive ? " recursive " : " flat ") + duplicates;
    }
  }

  /**
   * A source.
   *
   * @param locations {@code classpath:folder} or {@code filesystem:folder}; without a prefix it is the class path
   * @param classLoader where the class path's are looked up
   */
  public MigrationSource(List<String> locations, ClassLoader classLoader, Settings settings) {
    this(locations(locations, classLoader), settings, ReadingRules.PLAIN);
  }

  private MigrationSource(List<Location> locations, Settings settings, ReadingRules placeholders) {
    this.locations = locations;
    this.settings = settings;
    this.placeholders = placeholders;
  }

  /** The same scripts, their placeholders replaced as these rules say. */
  public MigrationSource replacing(ReadingRules rules) {
    return new MigrationSource(locations, settings, rules);
  }

  /** A script that the database has kept, its placeholders replaced like those of the scripts that are found. */
  public Script stored(String path, String text) {
    return Script.stored(path, text).replacing(placeholders);
  }

  /**
   * Finds the scripts and reads their names. Contents are read when they are asked for, or ahead of that; here only where
   * names do not tell enough: one file of numbered ones, and Drizzle's journal.
   *
   * @throws dev.migrator.migration.MigrationException {@code LOCATION_NOT_FOUND}, {@code LOCATION_EMPTY}, {@code
   *     SCRIPT_NAME_INVALID}, {@code SCRIPT_UNREADABLE} or {@code DUPLICATE_VERSION}, each naming the files that it concerns
   */
  public Resolution resolve() {
    return resolve(false);
  }

  /**
   * The same, for an application that may have no scripts: then none are found. A place that is there, and cannot be read,
   * is as bad as ever.
   *
   * @throws dev.migrator.migration.MigrationException as {@link #resolve()}
   */
  public Resolution resolveIfAny() {
    return resolve(true);
  }

  private Resolution resolve(boolean mayBeNone) {
    List<Named> files = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Location location : locations) {
      List<Found> found =
          mayBeNone ? location.search(settings.recursive()) : location.files(settings.recursive());
      if (found == null) {
        continue;
      }
      FolderReading folder = new FolderReading(location.description(), found, settings.recursive());
      if (folder.isEmpty() && !settings.allowEmpty() && !mayBeNone) {
        throw Refusal.of(
            FailureCode.LOCATION_EMPTY,
            "location " + location.description() + " holds no .sql file.",
            "check the path, or allow empty locations (--allow-empty).");
      }
      Reading reading = folder.under(settings.naming());
      files.addAll(reading.fits());
      notes.addAll(reading.notes());
    }
    List<ResolvedMigration> migrations = new Pairing(files, settings.duplicates()).migrations();
    Resolution resolved = new Resolution(
        placeholders.placeholders().isEmpty()
            ? migrations
            : migrations.stream().map(m -> m.replacing(placeholders)).toList(),
        notes);
    ReadAhead.start(resolved.migrations());
    return resolved;
  }

  /**
   * What a build wrote of the scripts, so that none of them needs to be read as long as all are applied; {@code null} where
   * there is none, and where there are several locations.
   */
  public @Nullable JarIndex index() {
    return locations.size() == 1 ? locations.get(0).index(settings) : null;
  }

  /**
   * Makes the index of a folder on disk.
   *
   * @throws dev.migrator.migration.MigrationException as {@link #resolve()}, and as {@link Script#checksum()}
   */
  public static ScriptIndex index(Path folder, Settings settings) {
    MigrationSource source = new MigrationSource(
        List.of(FILESYSTEM + folder), ClassLoader.getSystemClassLoader(), settings);
    return ScriptIndex.of(source.locations.get(0).files(settings.recursive()), source.resolve());
  }

  private static List<Location> locations(List<String> descriptions, ClassLoader classLoader) {
    List<Location> locations = new ArrayList<>(descriptions.size());
    for (String description : descriptions) {
      locations.add(location(description, classLoader));
    }
    return locations;
  }

  private static Location location(String description, ClassLoader classLoader) {
    if (description.startsWith(FILESYSTEM)) {
      return new FilesystemLocation(
          description, Path.of(description.substring(FILESYSTEM.length())));
    }
    String folder =
        description.startsWith(CLASSPATH) ? description.substring(CLASSPATH.length()) : description;
    return new ClasspathLocation(description, trimSlashes(folder), classLoader);
  }

  private static String trimSlashes(String folder) {
    int start = 0;
    int end = folder.length();
    while (start < end && folder.charAt(start) == '/') {
      start++;
    }
    while (end > start && folder.charAt(end - 1) == '/') {
      end--;
    }
    return folder.substring(start, end);
  }
}
