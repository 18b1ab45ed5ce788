package dev.migrator.internal.plan;

import dev.migrator.config.MissingPolicy;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.FailureCode;
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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scripts held against the tracking table: every migration with its state, every disagreement, and what is pending.
 * Pure; the same inputs give the same answer.
 */
public final class Comparison {

  private final List<Known> known;
  private final List<Mismatch> mismatches;
  private final List<String> notes;
  private final List<ResolvedMigration> pending;
  private final List<Migration> future;
  private final Policies policies;

  private Comparison(
      List<Known> known,
      List<Mismatch> mismatches,
      List<String> notes,
      List<ResolvedMigration> pending,
      List<Migration> future,
      Policies policies) {
    this.policies = policies;
    this.known = known;
    this.mismatches = mismatches;
    this.notes = notes;
    this.pending = pending;
    this.future = future;
  }

  /**
   * What to do where scripts and table disagree.
   *
   * @param outOfOrder for pending migrations older than the latest applied one
   * @param missing for applied migrations without a script
   */
  public record Policies(OutOfOrderPolicy outOfOrder, MissingPolicy missing) {}

  /**
   * A migration that is resolved, applied, or both.
   *
   * @param state how it stands
   * @param resolved as its location holds it; {@code null} when none does
   * @param applied as the tracking table has it; {@code null} when it does not
   */
  public record Known(
      MigrationState state,
      @Nullable ResolvedMigration resolved,
      @Nullable AppliedMigration applied) {

    /** Its identity: as resolved, where a script is there. */
    public Migration migration() {
      if (resolved != null) {
        return resolved.migration();
      }
      if (applied == null) {
        throw new IllegalStateException("a known migration is resolved or applied");
      }
      return applied.migration();
    }
  }

  /**
   * Compares.
   *
   * @param resolved the scripts, in order of version
   * @param applied the rows of the tracking table
   * @throws MigrationException {@code FOREIGN_HISTORY} when rows and scripts have nothing in common
   */
  public static Comparison of(
      List<ResolvedMigration> resolved, List<AppliedMigration> applied, Policies policies) {
    return new Builder(resolved, applied, policies).build();
  }

  /** The same with notes before its own. */
  public Comparison noting(List<String> before) {
    List<String> all = new ArrayList<>(before);
    all.addAll(notes);
    return before.isEmpty()
        ? this
        : new Comparison(known, mismatches, all, pending, future, policies);
  }

  /** Every migration: the applied ones in the order of application, then the others in the order of version. */
  public List<Known> known() {
    return known;
  }

  /** Every disagreement that stops a run. */
  public List<Mismatch> mismatches() {
    return mismatches;
  }

  /** What does not stop a run, but an operator should know. */
  public List<String> notes() {
    return notes;
  }

  /** What waits to be applied, in order. */
  public List<ResolvedMigration> pending() {
    return pending;
  }

  /** What is pending before a version and would be left behind by it; nothing where out of order is allowed. */
  List<ResolvedMigration> earlierThan(MigrationVersion version) {
    return policies.outOfOrder() == OutOfOrderPolicy.APPLY
        ? List.of()
        : pending.stream()
            .filter(m -> m.migration().version().compareTo(version) < 0)
            .toList();
  }

  /** What a newer release applied. */
  public List<Migration> future() {
    return future;
  }

  private static final class Builder {

    private final List<ResolvedMigration> resolved;
    private final List<AppliedMigration> applied;
    private final Policies policies;
    private final Map<String, AppliedMigration> rows = new HashMap<>();
    private final Set<AppliedMigration> matched =
        Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Known> known = new ArrayList<>();
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<ResolvedMigration> pending = new ArrayList<>();
    private final List<Migration> future = new ArrayList<>();
    private @Nullable MigrationVersion baseline;
    private @Nullable MigrationVersion latestApplied;

    Builder(List<ResolvedMigration> resolved, List<AppliedMigration> applied, Policies policies) {
      this.resolved = resolved;
      this.applied = applied;
      this.policies = policies;
    }

    Comparison build() {
      for (AppliedMigration row : applied) {
        index(row);
      }
      refuseForeignHistory();
      for (ResolvedMigration migration : resolved) {
        AppliedMigration row = rowOf(migration.migration());
        if (row == null) {
          unapplied(migration, null);
        } else {
          matched.add(row);
          both(migration, row);
        }
      }
      for (AppliedMigration row : applied) {
        if (!matched.contains(row)) {
          unresolved(row);
        }
      }
      known.sort(Comparator.comparingLong(
              (Known k) -> k.applied() == null || k.applied().rank() == 0
                  ? Long.MAX_VALUE
                  : k.applied().rank())
          .thenComparing(k -> k.migration().version())
          .thenComparing(k -> k.migration().name()));
      return new Comparison(
          List.copyOf(known),
          List.copyOf(mismatches),
          List.copyOf(notes),
          List.copyOf(pending),
          List.copyOf(future),
          policies);
    }

    private void index(AppliedMigration row) {
      Migration migration = row.migration();
      rows.put(migration.key(), row);
      MigrationVersion version = migration.version();
      if (migration.kind() == MigrationKind.BASELINE
          && (baseline == null || version.compareTo(baseline) > 0)) {
        baseline = version;
      }
      if (row.isApplied() && (latestApplied == null || version.compareTo(latestApplied) > 0)) {
        latestApplied = version;
      }
    }

    /**
     * The row of a migration: by its key. Whether a version is shared depends on the files beside it, and those come and
     * go; so a shared version is also looked for alone, under its name, and the other way round.
     */
    private @Nullable AppliedMigration rowOf(Migration migration) {
      AppliedMigration row = rows.get(migration.key());
      if (row == null) {
        String other = migration.id().indexOf('~') >= 0
            ? migration.version().key()
            : migration.version().key() + "~" + migration.name();
        row = rows.get(other);
        if (row != null && !row.migration().name().equals(migration.name())) {
          row = null;
        }
      }
      return row == null || row.migration().kind() == MigrationKind.BASELINE ? null : row;
    }

    private void refuseForeignHistory() {
      for (ResolvedMigration migration : resolved) {
        AppliedMigration row = rowOf(migration.migration());
        if (row != null
            && isOwnWork(row)
            && row.migration().name().equals(migration.migration().name())) {
          return;
        }
      }
      if (!resolved.isEmpty() && applied.stream().anyMatch(Builder::isOwnWork)) {
        AppliedMigration example =
            applied.stream().filter(AppliedMigration::isApplied).findFirst().orElseThrow();
        throw MigrationException.because(
                FailureCode.FOREIGN_HISTORY,
                "the tracking table holds the history of another application: nothing applied (for example "
                    + example.migration().label() + ") is among the scripts (for example "
                    + resolved.get(0).migration().label() + ").")
            .done("nothing was changed.", List.of())
            .advice(
                "configure a tracking table of its own for this application, or check the database and the locations.")
            .build();
      }
    }

    private static boolean isOwnWork(AppliedMigration row) {
      return row.isApplied() && row.migration().kind() == MigrationKind.VERSIONED;
    }

    private void both(ResolvedMigration migration, AppliedMigration row) {
      if (row.isPartial()) {
        partial(migration, row);
      } else if (row.isApplied()) {
        applied(migration, row);
      } else {
        unapplied(migration, row);
      }
    }

    private void applied(ResolvedMigration migration, AppliedMigration row) {
      Checksum recorded = row.checksum();
      if (recorded == null || recorded.equals(migration.script().checksum())) {
        known.add(new Known(MigrationState.APPLIED, migration, row));
        return;
      }
      Checksum now = migration.script().checksum();
      if (!recorded.comparableWith(now)) {
        notes.add(migration.migration().label() + ": its checksum was recorded by algorithm '"
            + recorded.algorithm() + "' and cannot be compared.");
        known.add(new Known(MigrationState.APPLIED, migration, row));
        return;
      }
      known.add(new Known(MigrationState.EDITED, migration, row));
      boolean renamed = !migration.migration().name().equals(row.migration().name());
      mismatches.add(
          new Mismatch(
              MigrationState.EDITED,
              migration.migration(),
              renamed
                  ? migration.migration().script() + " has the version of the applied migration "
                      + row.migration().label() + ", and another content."
                  : migration.migration().script()
                      + " was edited after it was applied (checksum was " + recorded.abbreviated()
                      + ", is " + now.abbreviated() + ").",
              "Restore the file and write the change as a new migration; in development only, accept the edit with repair."));
    }

    private void partial(@Nullable ResolvedMigration migration, AppliedMigration row) {
      Known partial = new Known(MigrationState.PARTIALLY_APPLIED, migration, row);
      known.add(partial);
      boolean apply = row.action() == AppliedMigration.Action.APPLY;
      String error = row.errorMessage() == null ? "it did not come to its end" : row.errorMessage();
      mismatches.add(new Mismatch(
          MigrationState.PARTIALLY_APPLIED,
          partial.migration(),
          (apply
                  ? "stopped half-way, without a transaction: "
                  : "its rollback stopped half-way, without a transaction: ")
              + error + ".",
          apply
              ? "See what its finished statements did (the journal table lists them), undo it by hand, then repair: the next"
                  + " run begins it again."
              : "Undo by hand what the down script had done, then repair: it counts as applied again and can be rolled back"
                  + " again."));
    }

    private void unapplied(ResolvedMigration migration, @Nullable AppliedMigration row) {
      Migration identity = migration.migration();
      if (baseline != null && identity.version().compareTo(baseline) <= 0) {
        known.add(new Known(MigrationState.BELOW_BASELINE, migration, row));
        return;
      }
      boolean late = latestApplied != null && identity.version().compareTo(latestApplied) < 0;
      if (late && policies.outOfOrder() == OutOfOrderPolicy.REFUSE) {
        known.add(new Known(MigrationState.OUT_OF_ORDER, migration, row));
        mismatches.add(new Mismatch(
            MigrationState.OUT_OF_ORDER,
            identity,
            "is not applied, but the later version " + latestApplied + " is.",
            "Give it a version above " + latestApplied
                + ", or allow it (OutOfOrderPolicy.APPLY, --out-of-order apply)."));
        return;
      }
      known.add(
          new Known(row == null ? MigrationState.PENDING : MigrationState.FAILED, migration, row));
      pending.add(migration);
    }

    private void unresolved(AppliedMigration row) {
      Migration migration = row.migration();
      if (migration.kind() == MigrationKind.BASELINE) {
        known.add(new Known(MigrationState.BASELINE, null, row));
      } else if (row.isPartial()) {
        partial(null, row);
      } else if (!row.isApplied()) {
        known.add(new Known(MigrationState.FAILED, null, row));
        notes.add(migration.label()
            + ": its last attempt failed and left nothing behind, and it has no script any more.");
      } else if (resolved.isEmpty()
          || migration
                  .version()
                  .compareTo(resolved.get(resolved.size() - 1).migration().version())
              > 0) {
        known.add(new Known(MigrationState.FUTURE, null, row));
        future.add(migration);
      } else if (baseline != null && migration.version().compareTo(baseline) <= 0) {
        known.add(new Known(MigrationState.APPLIED, null, row));
      } else {
        missing(row);
      }
    }

    private void missing(AppliedMigration row) {
      Migration migration = row.migration();
      known.add(new Known(MigrationState.MISSING, null, row));
      String problem = "is applied, but no location holds " + migration.script() + ".";
      if (policies.missing() == MissingPolicy.TOLERATE) {
        notes.add(migration.label() + ": " + problem);
      } else {
        mismatches.add(new Mismatch(
            MigrationState.MISSING,
            migration,
            problem,
            "Restore the file, or allow it (MissingPolicy.TOLERATE, --missing tolerate)."));
      }
    }
  }
}
