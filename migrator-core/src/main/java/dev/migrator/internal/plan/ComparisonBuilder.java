package dev.migrator.internal.plan;

import dev.migrator.config.MissingPolicy;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.internal.plan.Comparison.Continued;
import dev.migrator.internal.plan.Comparison.Known;
import dev.migrator.internal.plan.Comparison.Policies;
import dev.migrator.internal.plan.Resumption.Finding;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.migration.Mismatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the migrations against the rows, one by one; what it finds becomes a {@link Comparison}. */
final class ComparisonBuilder {

  final Policies policies;
  final OwnObjects own;
  final List<Known> known = new ArrayList<>();
  final List<Mismatch> mismatches = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  /** What may run, in order: on a database without history every baseline script and what each would stand for. */
  final List<Resolved> waiting = new ArrayList<>();
  /** The ids of what is applied and runs once more. */
  final Set<String> again = new HashSet<>();

  final List<Migration> future = new ArrayList<>();
  /** By the ids of what stopped half-way and can go on. */
  final Map<String, Continued> continued = new HashMap<>();

  final Map<String, List<JournalEntry>> journals;

  private final List<? extends Resolved> resolved;
  private final List<AppliedMigration> applied;
  private final Map<String, Set<Checksum>> held;
  private final TrackedRows rows;
  /** The labels of what cannot be compared, by the algorithm that stands in the way. */
  private final Map<String, List<String>> incomparable = new TreeMap<>();

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
    this.journals = Map.copyOf(journals);
    this.resolved = resolved;
    this.applied = applied;
    this.held = held;
    this.policies = policies;
    this.own = own;
    this.rows = new TrackedRows(applied);
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
    incomparable.forEach(
        (algorithm, labels) -> notes.add(Disagreements.incomparable(algorithm, labels)));
    known.sort(
        Comparator.comparingLong((Known k) -> k.applied() == null || k.applied().rank() == 0
                ? Long.MAX_VALUE
                : k.applied().rank())
            .thenComparing(k -> k.migration().version())
            .thenComparing(k -> k.migration().name()));
    waiting.sort(Comparator.comparing((Resolved m) -> m.migration().version())
        .thenComparing(m -> m.migration().kind() != MigrationKind.BASELINE)
        .thenComparing(m -> m.migration().name()));
    return new Comparison(this);
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
      partial(migration, row);
    } else if (row != null && row.isApplied()) {
      applied(MigrationState.APPLIED, migration, row);
    } else {
      unapplied(migration, row);
    }
  }

  private void baselineScript(Resolved migration, @Nullable AppliedMigration row) {
    if (row != null && row.isPartial()) {
      partial(migration, row);
    } else if (row != null && row.isApplied()) {
      applied(MigrationState.BASELINE, migration, row);
    } else if (!fresh) {
      known.add(new Known(MigrationState.IGNORED, migration, row));
      requireWayTo(migration.migration());
    } else {
      boolean first = base != null && migration.migration().version().equals(base);
      known.add(new Known(
          first
              ? row == null ? MigrationState.PENDING : MigrationState.FAILED
              : MigrationState.IGNORED,
          migration,
          row));
      waiting.add(migration);
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
    disagree(Disagreements.noWayTo(baseline, rows.latestApplied()));
  }

  private void applied(MigrationState state, Resolved migration, AppliedMigration row) {
    Checksum recorded = row.checksum();
    if (recorded == null || recorded.equals(migration.checksum())) {
      known.add(new Known(state, migration, row));
      return;
    }
    if (isIncomparable(migration, recorded)) {
      known.add(new Known(state, migration, row));
      return;
    }
    known.add(new Known(MigrationState.EDITED, migration, row));
    mismatches.add(Disagreements.edited(migration, row, recorded));
  }

  private boolean isIncomparable(Resolved migration, Checksum recorded) {
    if (recorded.comparableWith(migration.checksum())) {
      return false;
    }
    incomparable
        .computeIfAbsent(recorded.algorithm(), algorithm -> new ArrayList<>())
        .add(migration.migration().label());
    return true;
  }

  private void partial(@Nullable Resolved migration, AppliedMigration row) {
    Known partial = new Known(MigrationState.PARTIALLY_APPLIED, migration, row);
    known.add(partial);
    List<JournalEntry> journal = journals.get(row.migration().key());
    if (row.action() == AppliedMigration.Action.ROLLBACK) {
      mismatches.add(Disagreements.halfRolledBack(partial.migration(), row));
    } else if (migration == null) {
      mismatches.add(Disagreements.partialWithoutScript(row));
    } else if (journal == null) {
      mismatches.add(Disagreements.partial(partial.migration(), row));
    } else {
      goOn(migration, row, new Resumption(row, journal));
    }
  }

  private void goOn(Resolved migration, AppliedMigration row, Resumption resumption) {
    Finding finding;
    try {
      finding = resumption.of(migration, own);
    } catch (MigrationException e) {
      // A plan reads it again and says so.
      waiting.add(migration);
      return;
    }
    if (finding instanceof Finding.Stuck stuck) {
      mismatches.add(stuck.mismatch());
    } else if (finding instanceof Finding.GoesOn on) {
      Migration identity = migration.migration();
      boolean sameKey = identity.key().equals(row.migration().key());
      continued.put(
          identity.id(), new Continued(sameKey ? identity : row.migration(), on.resume()));
      notes.add(identity.label() + " stopped half-way, without a transaction ("
          + Disagreements.errorOf(row) + "); it " + on.resume().words() + ".");
      waiting.add(migration);
    }
  }

  private void unapplied(Resolved migration, @Nullable AppliedMigration row) {
    Migration identity = migration.migration();
    if (TrackedRows.within(identity.version(), rows.baseline())) {
      known.add(new Known(MigrationState.BELOW_BASELINE, migration, row));
      return;
    }
    if (fresh && TrackedRows.within(identity.version(), base)) {
      known.add(new Known(MigrationState.BELOW_BASELINE, migration, row));
      waiting.add(migration);
      return;
    }
    MigrationVersion latest = rows.latestBegun();
    boolean late = latest != null && identity.version().compareTo(latest) < 0;
    if (late && policies.outOfOrder() == OutOfOrderPolicy.REFUSE && !own.comeWith(migration)) {
      known.add(new Known(MigrationState.OUT_OF_ORDER, migration, row));
      mismatches.add(Disagreements.outOfOrder(identity, String.valueOf(latest)));
      return;
    }
    known.add(
        new Known(row == null ? MigrationState.PENDING : MigrationState.FAILED, migration, row));
    waiting.add(migration);
  }

  private void repeatable(Resolved migration, @Nullable AppliedMigration row) {
    Checksum recorded = row == null || !row.isApplied() && !row.isPartial() ? null : row.checksum();
    if (row != null
        && recorded != null
        && (recorded.equals(migration.checksum()) || isIncomparable(migration, recorded))) {
      if (row.isPartial()) {
        partial(migration, row);
      } else {
        known.add(new Known(MigrationState.APPLIED, migration, row));
      }
      return;
    }
    String id = migration.migration().id();
    if (!future.isEmpty()) {
      ignored(
          migration,
          row,
          "does not run, because a newer release has migrated this database ("
              + future.get(future.size() - 1).label() + ") and has its own.");
    } else if (recorded != null && held.getOrDefault(id, Set.of()).contains(migration.checksum())) {
      ignored(
          migration,
          row,
          "does not run: its present content was applied before, and another release has replaced it since. To apply it"
              + " again, change something in it; a comment is enough.");
    } else if (row != null && row.isPartial()) {
      partial(migration, row);
    } else {
      known.add(new Known(
          row == null || row.isApplied() ? MigrationState.PENDING : MigrationState.FAILED,
          migration,
          row));
      waiting.add(migration);
      if (row != null && row.isApplied()) {
        again.add(id);
      }
    }
  }

  private void ignored(Resolved migration, @Nullable AppliedMigration row, String reason) {
    known.add(new Known(MigrationState.IGNORED, migration, row));
    notes.add(migration.migration().label() + ": " + reason);
  }

  private void unresolved(AppliedMigration row) {
    Migration migration = row.migration();
    if (row.isPartial()) {
      partialUnresolved(row);
    } else if (!row.isApplied()) {
      known.add(new Known(MigrationState.FAILED, null, row));
      notes.add(migration.label()
          + ": its last attempt failed and left nothing behind, and it has no script any more.");
    } else if (migration.kind() == MigrationKind.BASELINE) {
      known.add(new Known(MigrationState.BASELINE, null, row));
    } else if (migration.kind() == MigrationKind.REPEATABLE) {
      known.add(new Known(MigrationState.MISSING, null, row));
      notes.add(
          migration.label() + ": it is applied and this release has no script for it; it stays.");
    } else if (!TrackedRows.within(migration.version(), latestResolved)) {
      known.add(new Known(MigrationState.FUTURE, null, row));
      future.add(migration);
    } else if (TrackedRows.within(migration.version(), rows.baseline()) || isReplaced(migration)) {
      known.add(new Known(MigrationState.APPLIED, null, row));
    } else {
      missing(row);
    }
  }

  /** What a newer release has begun is its own affair, as what it has applied is: an older one starts beside it. */
  private void partialUnresolved(AppliedMigration row) {
    Migration migration = row.migration();
    boolean ahead = switch (migration.kind()) {
      case VERSIONED -> !TrackedRows.within(migration.version(), latestResolved);
      case REPEATABLE -> !future.isEmpty();
      case BASELINE -> false;
    };
    if (!ahead || row.action() == AppliedMigration.Action.ROLLBACK) {
      partial(null, row);
      return;
    }
    if (migration.kind() == MigrationKind.VERSIONED) {
      known.add(new Known(MigrationState.FUTURE, null, row));
      future.add(migration);
    } else {
      known.add(new Known(MigrationState.PARTIALLY_APPLIED, null, row));
    }
    notes.add(migration.label() + ": a newer release has begun it and is not through ("
        + Disagreements.errorOf(row) + "); it goes on with that release.");
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

  private void missing(AppliedMigration row) {
    known.add(new Known(MigrationState.MISSING, null, row));
    disagree(Disagreements.missing(row));
  }

  private void disagree(Mismatch missing) {
    if (policies.missing() == MissingPolicy.TOLERATE) {
      notes.add(missing.migration().label() + ": " + missing.problem());
    } else {
      mismatches.add(missing);
    }
  }
}
