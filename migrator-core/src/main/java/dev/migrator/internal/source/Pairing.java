package dev.migrator.internal.source;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts files together to migrations: each with its down script, in the order in which they run. */
final class Pairing {

  private static final Comparator<Named> BY_NAME =
      Comparator.comparingInt(Named::place).thenComparing(f -> f.name().name(), CodePoints.ORDER);

  private final DuplicateVersionPolicy duplicates;
  private final Map<MigrationVersion, List<Named>> versioned = new TreeMap<>();
  private final Map<MigrationVersion, List<Named>> baselines = new TreeMap<>();
  private final Map<String, List<Named>> repeatables = new TreeMap<>(CodePoints.ORDER);
  private final List<Named> downs = new ArrayList<>();

  Pairing(List<Named> files, DuplicateVersionPolicy duplicates) {
    this.duplicates = duplicates;
    files.forEach(this::sort);
  }

  private void sort(Named file) {
    ScriptName name = file.name();
    if (name.down()) {
      downs.add(file);
    } else if (name.kind() == MigrationKind.REPEATABLE) {
      repeatables.computeIfAbsent(name.name(), n -> new ArrayList<>()).add(file);
    } else {
      (name.kind() == MigrationKind.BASELINE ? baselines : versioned)
          .computeIfAbsent(name.version(), v -> new ArrayList<>())
          .add(file);
    }
  }

  /**
   * The migrations.
   *
   * @throws dev.migrator.migration.MigrationException {@code DUPLICATE_VERSION}, or {@code SCRIPT_NAME_INVALID} for a down
   *     script without its migration
   */
  List<ResolvedMigration> migrations() {
    Map<Named, Named> downOf = pair();
    Map<MigrationVersion, List<ResolvedMigration>> byVersion = new TreeMap<>();
    add(byVersion, baselines, downOf);
    add(byVersion, versioned, downOf);
    List<ResolvedMigration> migrations = new ArrayList<>();
    byVersion.values().forEach(migrations::addAll);
    for (List<Named> same : repeatables.values()) {
      refuseDuplicates(same);
      migrations.add(resolved(same.get(0), false, null));
    }
    return migrations;
  }

  private void add(
      Map<MigrationVersion, List<ResolvedMigration>> byVersion,
      Map<MigrationVersion, List<Named>> files,
      Map<Named, Named> downOf) {
    files.forEach((version, same) -> {
      same.sort(BY_NAME.thenComparing(Named::origin));
      refuseDuplicates(same);
      List<ResolvedMigration> there =
          byVersion.computeIfAbsent(version, v -> new ArrayList<>(same.size()));
      for (Named up : same) {
        there.add(resolved(up, same.size() > 1, downOf.get(up)));
      }
    });
  }

  private static ResolvedMigration resolved(Named up, boolean shared, @Nullable Named down) {
    return new ResolvedMigration(
        up.migration(shared), up.script(), down == null ? up.down() : down.script());
  }

  private Map<Named, Named> pair() {
    Map<Named, Named> downOf = new LinkedHashMap<>();
    List<String> orphans = new ArrayList<>();
    for (Named down : downs) {
      Named up = partner(down, versioned.getOrDefault(down.name().version(), List.of()));
      if (up == null) {
        orphans.add(down.origin());
        continue;
      }
      Named other = downOf.put(up, down);
      if (other != null) {
        throw Refusal.of(
            FailureCode.DUPLICATE_VERSION,
            "two down scripts for version " + up.name().version() + ": " + other.origin() + " and "
                + down.origin() + ".",
            "keep one of them.");
      }
    }
    if (!orphans.isEmpty()) {
      throw Refusal.of(
          FailureCode.SCRIPT_NAME_INVALID,
          "no migration of the same version is beside "
              + (orphans.size() == 1 ? "this down script: " : "these down scripts: ")
              + String.join(", ", orphans) + ".",
          "name each like its migration, or remove it.");
    }
    return downOf;
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

  private void refuseDuplicates(List<Named> same) {
    if (same.size() < 2) {
      return;
    }
    ScriptName first = same.get(0).name();
    String files = same.stream().map(Named::origin).collect(Collectors.joining(" and "));
    String problem = first.words() + " exists more than once: " + files + ".";
    if (same.stream().map(f -> f.name().name()).distinct().count() < same.size()) {
      throw Refusal.of(
          FailureCode.DUPLICATE_VERSION,
          problem,
          "remove all but one; the same script is found in two places.");
    }
    if (first.kind() == MigrationKind.BASELINE) {
      throw Refusal.of(FailureCode.DUPLICATE_VERSION, problem, "keep one of them.");
    }
    if (duplicates == DuplicateVersionPolicy.REFUSE) {
      throw Refusal.of(
          FailureCode.DUPLICATE_VERSION,
          problem,
          "give one of them another version, or run both (DuplicateVersionPolicy.RUN_IN_NAME_ORDER,"
              + " --duplicates run-in-name-order).");
    }
  }
}
