package dev.migrator.internal.plan;

import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.internal.plan.Comparison.Policies;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds the migrations against the rows, one by one; what it finds becomes a {@link Comparison}. */
final class ComparisonBuilder {

  private final List<? extends Resolved> resolved;
  private final List<AppliedMigration> applied;
  private final Map<String, Set<Checksum>> held;
  private final Map<String, List<JournalEntry>> journals;
  private final Policies policies;
  private final OwnObjects own;
  private final TrackedRows rows;
  private final Findings found;
  private final HalfWay halfWay;

  private final Set<AppliedMigration> matched = Collections.newSetFromMap(new IdentityHashMap<>());
  /** Without history: the first run on this database decides where it begins. */
  private final boolean fresh;
  /** The highest of the application's baseline scripts. */
  private @Nullable MigrationVersion base;

  private @Nullable MigrationVersion latestResolved;

  ComparisonBuilder(
      List<? extends Resolved> resolved,
      List<AppliedMigration> applied,
      Map<String, Set<Checksum>> held,
      Map<String, List<JournalEntry>> journals,
      Policies policies,
      OwnObjects own) {
    this.resolved = resolved;
    this.applied = applied;
    this.held = held;
    this.journals = Map.copyOf(journals);
    this.policies = policies;
    this.own = own;
    this.rows = new TrackedRows(applied);
    this.found = new Findings(policies);
    this.halfWay = new HalfWay(this.journals, own, found);
    this.fresh = applied.stream().noneMatch(row -> row.isApplied() || row.isPartial());
  }

  Comparison build() {
    resolved.forEach(this::index);
    rows.refuseForeignHistory(resolved, base);
    List<Resolved> repeatables = new ArrayList<>();
    for (Resolved migration : resolved) {
      AppliedMigration row = rows.of(migration.migration());
      if (row != null) {
        matched.add(row);
      }
      switch (migration.migration().kind()) {
        case VERSIONED -> versioned(migration, row);
        case BASELINE -> baselineScript(migration, row);
        case REPEATABLE -> repeatables.add(migration);
      }
    }
    List<AppliedMigration> unmatched =
        applied.stream().filter(row -> !matched.contains(row)).toList();
    unmatched.stream().filter(row -> !isRepeatable(row)).forEach(this::unresolved);
    // Whether the database is ahead of the application is known only now.
    unmatched.stream().filter(ComparisonBuilder::isRepeatable).forEach(this::unresolved);
    for (Resolved migration : repeatables) {
      repeatable(migration, rows.of(migration.migration()));
    }
    found.complete();
    return new Comparison(found, journals, own);
  }

  private void index(Resolved migration) {
    MigrationVersion version = migration.migration().version();
    switch (migration.migration().kind()) {
      case VERSIONED -> latestResolved = TrackedRows.later(latestResolved, version);
      case BASELINE -> {
        latestResolved = TrackedRows.later(latestResolved, version);
        base = TrackedRows.later(base, version);
      }
      case REPEATABLE -> {}
    }
  }

  private void versioned(Resolved migration, @Nullable AppliedMigration row) {
    if (row != null && row.isPartial()) {
      halfWay.stopped(migration, row);
    } else if (row != null && row.isApplied()) {
      applied(MigrationState.APPLIED, migration, row);
    } else {
      unapplied(migration, row);
    }
  }

  private void baselineScript(Resolved migration, @Nullable AppliedMigration row) {
    if (row != null && row.isPartial()) {
      halfWay.stopped(migration, row);
    } else if (row != null && row.isApplied()) {
      applied(MigrationState.BASELINE, migration, row);
    } else if (!fresh) {
      found.known(MigrationState.IGNORED, migration, row);
      requireWayTo(migration.migration());
    } else {
      boolean first = base != null && migration.migration().version().equals(base);
      found.waits(
          first
              ? row == null ? MigrationState.PENDING : MigrationState.FAILED
              : MigrationState.IGNORED,
          migration,
          row);
    }
  }

  /**
   * A database with history does not run a baseline script, so it comes to its version script by script. That is over when
   * it is there already, and possible as long as the script of that version exists; when it does not, what lies between
   * would never run, and the versions above would.
   */
  private void requireWayTo(Migration baseline) {
    MigrationVersion version = baseline.version();
    if (TrackedRows.within(version, rows.latestApplied())
        || TrackedRows.within(version, rows.baseline())
        || resolved.stream()
            .map(Resolved::migration)
            .anyMatch(other ->
                other.kind() == MigrationKind.VERSIONED && other.version().equals(version))) {
      return;
    }
    found.missing(Disagreements.noWayTo(baseline, rows.latestApplied()));
  }

  private void applied(MigrationState state, Resolved migration, AppliedMigration row) {
    Checksum recorded = row.checksum();
    if (recorded == null
        || recorded.equals(migration.checksum())
        || found.isIncomparable(migration, recorded)) {
      found.known(state, migration, row);
    } else {
      found.known(MigrationState.EDITED, migration, row);
      found.mismatch(Disagreements.edited(migration, row, recorded));
    }
  }

  private void unapplied(Resolved migration, @Nullable AppliedMigration row) {
    Migration identity = migration.migration();
    if (TrackedRows.within(identity.version(), rows.baseline())) {
      found.known(MigrationState.BELOW_BASELINE, migration, row);
      return;
    }
    if (fresh && TrackedRows.within(identity.version(), base)) {
      found.waits(MigrationState.BELOW_BASELINE, migration, row);
      return;
    }
    MigrationVersion latest = rows.latestBegun();
    boolean late = latest != null && identity.version().compareTo(latest) < 0;
    if (late && policies.outOfOrder() == OutOfOrderPolicy.REFUSE && !own.comeWith(migration)) {
      found.known(MigrationState.OUT_OF_ORDER, migration, row);
      found.mismatch(Disagreements.outOfOrder(identity, String.valueOf(latest)));
      return;
    }
    found.waits(row == null ? MigrationState.PENDING : MigrationState.FAILED, migration, row);
  }

  private void repeatable(Resolved migration, @Nullable AppliedMigration row) {
    Checksum recorded = row == null || !row.isApplied() && !row.isPartial() ? null : row.checksum();
    if (row != null
        && recorded != null
        && (recorded.equals(migration.checksum()) || found.isIncomparable(migration, recorded))) {
      if (row.isPartial()) {
        halfWay.stopped(migration, row);
      } else {
        found.known(MigrationState.APPLIED, migration, row);
      }
      return;
    }
    String id = migration.migration().id();
    if (!found.future().isEmpty()) {
      ignored(
          migration,
          row,
          "does not run, because a newer release has migrated this database ("
              + found.future().get(found.future().size() - 1).label() + ") and has its own.");
    } else if (recorded != null && held.getOrDefault(id, Set.of()).contains(migration.checksum())) {
      ignored(
          migration,
          row,
          "does not run: its present content was applied before, and another release has replaced it since. To apply it"
              + " again, change something in it; a comment is enough.");
    } else if (row != null && row.isPartial()) {
      halfWay.stopped(migration, row);
    } else {
      found.waits(
          row == null || row.isApplied() ? MigrationState.PENDING : MigrationState.FAILED,
          migration,
          row);
      if (row != null && row.isApplied()) {
        found.again(migration);
      }
    }
  }

  private void ignored(Resolved migration, @Nullable AppliedMigration row, String reason) {
    found.known(MigrationState.IGNORED, migration, row);
    found.note(migration.migration(), reason);
  }

  private void unresolved(AppliedMigration row) {
    Migration migration = row.migration();
    if (row.isPartial()) {
      halfWay.withoutScript(row, latestResolved);
    } else if (!row.isApplied()) {
      found.known(MigrationState.FAILED, null, row);
      found.note(
          migration,
          "its last attempt failed and left nothing behind, and it has no script any more.");
    } else if (migration.kind() == MigrationKind.BASELINE) {
      found.known(MigrationState.BASELINE, null, row);
    } else if (migration.kind() == MigrationKind.REPEATABLE) {
      found.known(MigrationState.MISSING, null, row);
      found.note(migration, "it is applied and this release has no script for it; it stays.");
    } else if (!TrackedRows.within(migration.version(), latestResolved)) {
      found.future(row);
    } else if (TrackedRows.within(migration.version(), rows.baseline()) || isReplaced(migration)) {
      found.known(MigrationState.APPLIED, null, row);
    } else {
      found.known(MigrationState.MISSING, null, row);
      found.missing(Disagreements.missing(row));
    }
  }

  private static boolean isRepeatable(AppliedMigration row) {
    return row.migration().kind() == MigrationKind.REPEATABLE;
  }

  /** A baseline script stands for the scripts up to its version, on a database that has come as far. */
  private boolean isReplaced(Migration migration) {
    return base != null
        && TrackedRows.within(base, rows.latestApplied())
        && TrackedRows.within(migration.version(), base);
  }
}
