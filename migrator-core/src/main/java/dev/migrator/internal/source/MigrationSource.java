package dev.migrator.internal.source;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The scripts of all locations, as migrations in the order of their versions. */
public final class MigrationSource {

  private static final String CLASSPATH = "classpath:";
  private static final String FILESYSTEM = "filesystem:";

  private final List<Location> locations;
  private final Settings settings;

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
      DuplicateVersionPolicy duplicates) {}

  /**
   * A source.
   *
   * @param locations {@code classpath:folder} or {@code filesystem:folder}; without a prefix it is the class path
   * @param classLoader where the class path's are looked up
   */
  public MigrationSource(List<String> locations, ClassLoader classLoader, Settings settings) {
    this.locations = locations.stream().map(l -> location(l, classLoader)).toList();
    this.settings = settings;
  }

  /**
   * Finds the scripts and reads their names; their contents are read when they are asked for, or ahead of that.
   *
   * @throws MigrationException {@code LOCATION_NOT_FOUND}, {@code LOCATION_EMPTY}, {@code SCRIPT_NAME_INVALID} or
   *     {@code DUPLICATE_VERSION}, each naming the files that it concerns
   */
  public List<ResolvedMigration> resolve() {
    List<Named> ups = new ArrayList<>();
    List<Named> downs = new ArrayList<>();
    for (Location location : locations) {
      List<Location.Found> files = location.files(settings.recursive());
      if (files.isEmpty() && !settings.allowEmpty()) {
        throw refused(
            FailureCode.LOCATION_EMPTY,
            "location " + location.description() + " holds no .sql file.",
            "check the path, or allow empty locations (--allow-empty).");
      }
      for (Named file : new FolderReading(location.description(), files).under(settings.naming())) {
        (file.name().down() ? downs : ups).add(file);
      }
    }
    List<Named> others =
        ups.stream().filter(up -> up.name().kind() != MigrationKind.VERSIONED).toList();
    ups.removeAll(others);
    List<ResolvedMigration> resolved = pair(ups, downs);
    others.forEach(
        other -> resolved.add(new ResolvedMigration(other.migration(false), other.script(), null)));
    ReadAhead.start(resolved);
    return resolved;
  }

  private List<ResolvedMigration> pair(List<Named> ups, List<Named> downs) {
    Map<MigrationVersion, List<Named>> byVersion = new TreeMap<>();
    for (Named up : ups) {
      byVersion.computeIfAbsent(up.name().version(), v -> new ArrayList<>()).add(up);
    }
    Map<Named, Named> downOf = new LinkedHashMap<>();
    List<String> orphans = new ArrayList<>();
    for (Named down : downs) {
      Named up = partner(down, byVersion.getOrDefault(down.name().version(), List.of()));
      if (up == null) {
        orphans.add(down.origin());
        continue;
      }
      Named other = downOf.put(up, down);
      if (other != null) {
        throw refused(
            FailureCode.DUPLICATE_VERSION,
            "two down scripts for version " + up.name().version() + ": " + other.origin() + " and "
                + down.origin() + ".",
            "keep one of them.");
      }
    }
    if (!orphans.isEmpty()) {
      throw refused(
          FailureCode.SCRIPT_NAME_INVALID,
          "no migration of the same version is beside "
              + (orphans.size() == 1 ? "this down script: " : "these down scripts: ")
              + String.join(", ", orphans) + ".",
          "name each like its migration, or remove it.");
    }
    List<ResolvedMigration> resolved = new ArrayList<>(ups.size());
    for (List<Named> same : byVersion.values()) {
      same.sort(
          Comparator.comparing((Named file) -> file.name().name()).thenComparing(Named::origin));
      refuseDuplicates(same);
      for (Named up : same) {
        Named down = downOf.get(up);
        resolved.add(new ResolvedMigration(
            up.migration(same.size() > 1), up.script(), down == null ? null : down.script()));
      }
    }
    return resolved;
  }

  private void refuseDuplicates(List<Named> same) {
    if (same.size() < 2) {
      return;
    }
    String files = same.stream().map(Named::origin).collect(Collectors.joining(" and "));
    boolean sameNames = same.stream().map(f -> f.name().name()).distinct().count() < same.size();
    if (settings.duplicates() == DuplicateVersionPolicy.REFUSE || sameNames) {
      throw refused(
          FailureCode.DUPLICATE_VERSION,
          "version " + same.get(0).name().version().key() + " exists more than once: " + files
              + ".",
          sameNames
              ? "remove all but one; the same script is found in two places."
              : "give one of them another version, or run both (DuplicateVersionPolicy.RUN_IN_NAME_ORDER,"
                  + " --duplicates run-in-name-order).");
    }
  }

  /** The migration that a down script undoes: the one of its version, and of its name where several have that version. */
  private static @Nullable Named partner(Named down, List<Named> sameVersion) {
    if (sameVersion.size() == 1) {
      return sameVersion.get(0);
    }
    return sameVersion.stream()
        .filter(up -> up.name().name().equals(down.name().name()))
        .findFirst()
        .orElse(null);
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

  static MigrationException refused(FailureCode code, String problem, String advice) {
    return MigrationException.because(code, problem)
        .done("nothing was run.", List.of())
        .advice(advice)
        .build();
  }

  /** A file whose name was understood. */
  record Named(ScriptName name, Location.Found file) {

    String origin() {
      return file.origin();
    }

    Script script() {
      return new Script(file.path(), file.origin(), file.content());
    }

    Migration migration(boolean versionIsShared) {
      if (name.kind() == MigrationKind.REPEATABLE) {
        return Migration.repeatable(name.name(), file.path());
      }
      MigrationVersion version = name.version();
      String id = versionIsShared ? version.text() + "~" + name.name() : version.text();
      return new Migration(id, version, name.name(), name.kind(), file.path());
    }

    static @Nullable Named of(Location.Found file, NamingConvention convention) {
      return ScriptName.read(file.fileName(), convention)
          .map(name -> new Named(name, file))
          .orElse(null);
    }
  }
}
