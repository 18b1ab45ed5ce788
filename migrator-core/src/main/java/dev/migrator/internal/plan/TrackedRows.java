package dev.migrator.internal.plan;

import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of the tracking table, to be found by the migrations that they belong to. */
final class TrackedRows {

  private final List<AppliedMigration> applied;
  private final Map<String, AppliedMigration> rows = new HashMap<>();
  private @Nullable MigrationVersion baseline;
  private @Nullable MigrationVersion latestApplied;
  private @Nullable MigrationVersion latestBegun;

  TrackedRows(List<AppliedMigration> applied) {
    this.applied = applied;
    applied.forEach(this::index);
  }

  /** The mark below which nothing runs; {@code null} when there is none. */
  @Nullable
  MigrationVersion baseline() {
    return baseline;
  }

  /** The highest version that is applied; {@code null} when none is. */
  @Nullable
  MigrationVersion latestApplied() {
    return latestApplied;
  }

  /** The highest version that is applied or stopped half-way; {@code null} when none is. */
  @Nullable
  MigrationVersion latestBegun() {
    return latestBegun;
  }

  private void index(AppliedMigration row) {
    Migration migration = row.migration();
    rows.put(migration.key(), row);
    MigrationVersion version = migration.version();
    if ((row.isApplied() || row.isPartial()) && migration.kind() != MigrationKind.REPEATABLE) {
      latestBegun = later(latestBegun, version);
    }
    if (migration.kind() == MigrationKind.BASELINE && row.isPartial()) {
      // It goes on, and stands for what is below it.
      baseline = later(baseline, version);
    }
    if (!row.isApplied() || migration.kind() == MigrationKind.REPEATABLE) {
      return;
    }
    if (migration.kind() == MigrationKind.BASELINE) {
      baseline = later(baseline, version);
    }
    latestApplied = later(latestApplied, version);
  }

  static MigrationVersion later(@Nullable MigrationVersion known, MigrationVersion other) {
    return known == null || other.compareTo(known) > 0 ? other : known;
  }

  static boolean within(MigrationVersion version, @Nullable MigrationVersion limit) {
    return limit != null && version.compareTo(limit) <= 0;
  }

  /**
   * The row of a migration: by its key. Whether a version is shared depends on the files beside it, and those come and
   * go; so a shared version is also looked for alone, under its name, and the other way round.
   */
  @Nullable
  AppliedMigration of(Migration migration) {
    AppliedMigration row = rows.get(migration.key());
    if (migration.kind() == MigrationKind.REPEATABLE) {
      return row;
    }
    if (row == null) {
      String other = migration.id().indexOf('~') >= 0
          ? migration.version().key()
          : migration.version().key() + "~" + migration.name();
      row = rows.get(other);
      if (row != null && !row.migration().name().equals(migration.name())) {
        row = null;
      }
    }
    if (row == null || row.migration().kind() != migration.kind()) {
      return null;
    }
    // A baseline that was only declared is nobody's script.
    return migration.kind() == MigrationKind.BASELINE && row.checksum() == null ? null : row;
  }

  /**
   * Refuses a history that has nothing in common with the application.
   *
   * @param base the version of the application's highest baseline script; {@code null} when it has none
   */
  void refuseForeignHistory(List<? extends Resolved> resolved, @Nullable MigrationVersion base) {
    boolean beginsAtBase = resolved.stream()
        .noneMatch(m -> m.migration().kind() == MigrationKind.VERSIONED
            && within(m.migration().version(), base));
    for (AppliedMigration row : applied) {
      if (beginsAtBase
          && isOwnWork(row)
          && base != null
          && row.migration().version().equals(base)) {
        return;
      }
    }
    for (Resolved migration : resolved) {
      AppliedMigration row = of(migration.migration());
      if (row != null
          && isOwnWork(row)
          && plain(row.migration()).equals(plain(migration.migration()))) {
        return;
      }
    }
    if (!resolved.isEmpty() && applied.stream().anyMatch(TrackedRows::isOwnWork)) {
      AppliedMigration example =
          applied.stream().filter(TrackedRows::isOwnWork).findFirst().orElseThrow();
      throw MigrationException.because(
              FailureCode.FOREIGN_HISTORY,
              "the tracking table holds the history of another application: nothing applied (for example "
                  + example.migration().label() + ") is among the scripts (for example "
                  + resolved.get(0).migration().label() + ").")
          .done("nothing was changed.", List.of())
          .advice(
              (base == null || within(base, latestApplied)
                      ? ""
                      : "if it is this application's, it has not come as far as the baseline script of version "
                          + base + ": restore the scripts up to there. Otherwise ")
                  + "configure a tracking table of its own for this application, or check the database and the locations.")
          .build();
    }
  }

  /** An in-house tool may have written {@code Add users} for what the file calls {@code add_users}. */
  private static String plain(Migration migration) {
    return migration.name().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
  }

  /** Repeatable migrations have names that many applications have, and baselines none: neither tells whose history it is. */
  private static boolean isOwnWork(AppliedMigration row) {
    return row.isApplied() && row.migration().kind() == MigrationKind.VERSIONED;
  }
}
