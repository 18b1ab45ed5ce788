package dev.migrator;

import dev.migrator.Operation.Held;
import dev.migrator.config.TransactionMode;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.RollbackPlan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.source.Script;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.ReversibleJavaMigration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes back what a failed run did, where that is configured. */
final class AutomaticRollback {

  private AutomaticRollback() {}

  /**
   * Checks, before anything runs, that it will be possible.
   *
   * @throws MigrationException {@code ROLLBACK_IMPOSSIBLE} with every migration that has no down script
   */
  static void requirePossible(Plan plan) {
    String without = plan.steps().stream()
        .filter(step -> step.migration().kind() != MigrationKind.REPEATABLE)
        .filter(step -> !hasRollback(step))
        .map(step -> step.migration().label())
        .collect(Collectors.joining(", "));
    if (!without.isEmpty()) {
      throw MigrationException.because(
              FailureCode.ROLLBACK_IMPOSSIBLE,
              "a failed run is to be rolled back, but these have no down script: " + without + ".")
          .done("nothing was run.", List.of())
          .advice("add the down scripts, or set FailurePolicy.KEEP.")
          .build();
    }
  }

  /**
   * Rolls back what the run completed.
   *
   * @param failure the failure of the run
   * @param now scripts and tracking table, as they are after it
   * @param stored the stored down scripts
   * @return the failure, with what became of the migrations before it
   */
  static MigrationException after(
      MigrationException failure,
      Operation operation,
      Held held,
      Comparison now,
      Map<String, Script> stored) {
    List<Migration> completed = failure.applied().stream()
        .filter(migration -> migration.kind() == MigrationKind.VERSIONED)
        .toList();
    if (completed.isEmpty()) {
      return failure;
    }
    if (now.known().stream().anyMatch(k -> k.state() == MigrationState.PARTIALLY_APPLIED)) {
      return failure.withDone(
          labels(completed)
              + " stay applied and were not rolled back, because a later one stopped half-way.",
          completed);
    }
    try {
      operation.execute(
          held,
          RollbackPlan.ofThese(now, stored, completed),
          TransactionMode.PER_MIGRATION,
          migration -> 0);
      return failure.withDone(
          "the run had completed " + labels(completed)
              + "; they were rolled back, so that the database is as it was before.",
          List.of());
    } catch (MigrationException second) {
      if (second.code() == FailureCode.CONNECTION_LOST) {
        // With another connection it goes on.
        throw second;
      }
      failure.addSuppressed(second);
      return failure.withDone(
          "the run had completed " + labels(completed) + "; rolling them back failed too: "
              + second.getMessage(),
          operation.progress().migrations());
    }
  }

  private static boolean hasRollback(Step step) {
    JavaMigration code = step.work() instanceof Step.Code work ? work.java() : null;
    return step.down() != null || code instanceof ReversibleJavaMigration;
  }

  private static String labels(List<Migration> migrations) {
    return migrations.stream().map(Migration::label).collect(Collectors.joining(", "));
  }
}
