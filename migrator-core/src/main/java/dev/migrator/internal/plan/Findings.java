package dev.migrator.internal.plan;

import dev.migrator.config.MissingPolicy;
import dev.migrator.internal.plan.Comparison.Continued;
import dev.migrator.internal.plan.Comparison.Known;
import dev.migrator.internal.plan.Comparison.Policies;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.Mismatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a {@link ComparisonBuilder} has found so far. */
final class Findings {

  private final Policies policies;
  private final List<Known> known = new ArrayList<>();
  private final List<Mismatch> mismatches = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Resolved> waiting = new ArrayList<>();
  private final Set<String> again = new HashSet<>();
  private final List<Migration> future = new ArrayList<>();
  private final Map<String, Continued> continued = new HashMap<>();

  /** The labels of what cannot be compared, by the algorithm that stands in the way. */
  private final Map<String, List<String>> incomparable = new TreeMap<>();

  Findings(Policies policies) {
    this.policies = policies;
  }

  /** A migration stands like this. */
  void known(MigrationState state, @Nullable Resolved migration, @Nullable AppliedMigration row) {
    known.add(new Known(state, migration, row));
  }

  /** It stands like this, and may run. */
  void waits(MigrationState state, Resolved migration, @Nullable AppliedMigration row) {
    known(state, migration, row);
    waits(migration);
  }

  /** It may run. */
  void waits(Resolved migration) {
    waiting.add(migration);
  }

  /** It is applied, and runs once more. */
  void again(Resolved migration) {
    again.add(migration.migration().id());
  }

  /** It stopped half-way and can go on. */
  void goesOn(Resolved migration, Continued from) {
    continued.put(migration.migration().id(), from);
    waits(migration);
  }

  /** A newer release applied it, or has begun to. */
  void future(AppliedMigration row) {
    known(MigrationState.FUTURE, null, row);
    future.add(row.migration());
  }

  void note(Migration migration, String remark) {
    notes.add(migration.label() + ": " + remark);
  }

  void note(String note) {
    notes.add(note);
  }

  void mismatch(Mismatch mismatch) {
    mismatches.add(mismatch);
  }

  /** Something has no script that should have one. */
  void missing(Mismatch missing) {
    if (policies.missing() == MissingPolicy.TOLERATE) {
      note(missing.migration(), missing.problem());
    } else {
      mismatch(missing);
    }
  }

  /** Whether a checksum of the table says nothing about a script, which is noted. */
  boolean isIncomparable(Resolved migration, Checksum recorded) {
    if (recorded.comparableWith(migration.checksum())) {
      return false;
    }
    incomparable
        .computeIfAbsent(recorded.algorithm(), algorithm -> new ArrayList<>())
        .add(migration.migration().label());
    return true;
  }

  /** That is all. */
  void complete() {
    incomparable.forEach(
        (algorithm, labels) -> note(Disagreements.incomparable(algorithm, labels)));
    known.sort(
        Comparator.comparingLong((Known k) -> k.applied() == null || k.applied().rank() == 0
                ? Long.MAX_VALUE
                : k.applied().rank())
            .thenComparing(k -> k.migration().version())
            .thenComparing(k -> k.migration().name()));
    waiting.sort(Comparator.comparing((Resolved m) -> m.migration().version())
        .thenComparing(m -> m.migration().kind() != MigrationKind.BASELINE)
        .thenComparing(m -> m.migration().name()));
  }

  Policies policies() {
    return policies;
  }

  List<Known> known() {
    return known;
  }

  List<Mismatch> mismatches() {
    return mismatches;
  }

  List<String> notes() {
    return notes;
  }

  /** What may run, in order: on a database without history every baseline script and what each would stand for. */
  List<Resolved> waiting() {
    return waiting;
  }

  /** The ids of what is applied and runs once more. */
  Set<String> again() {
    return again;
  }

  /** What a newer release applied, or has begun to; the latest last. */
  List<Migration> future() {
    return future;
  }

  /** By the ids of what stopped half-way and can go on. */
  Map<String, Continued> continued() {
    return continued;
  }
}
