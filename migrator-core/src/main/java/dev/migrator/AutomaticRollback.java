package dev.migrator;

import dev.migrator.config.FailurePolicy;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.RollbackPlan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
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

  private final FailurePolicy policy;
  private final Held held;
  private final Inventory resolved;

  AutomaticRollback(FailurePolicy policy, Held held, Inventory resolved) {
    this.policy = policy;
    this.held = held;
    this.resolved = resolved;
  }

  /**
   * Checks, before anything runs, that it will be possible.
   *
   * @throws MigrationException {@code ROLLBACK_IMPOSSIBLE} with every migration that has no down script
   */
  void requirePossible(Plan plan) {
    if (policy != FailurePolicy.ROLL_BACK) {
      return;
    }
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
   * Goes on with it, where a lost connection interrupted it.
   *
   * @throws MigrationException the failure of the run, with what became of the migrations before it
   */
  void resume() {
    MigrationException failure = held.operation().takingBack();
    if (failure != null) {
      throw after(failure);
    }
  }

  /**
   * Does the work of the run.
   *
   * @throws MigrationException its failure, with what became of the migrations before it
   */
  void around(Runnable work) {
    try {
      work.run();
    } catch (MigrationException failure) {
      if (policy != FailurePolicy.ROLL_BACK || failure.code() != FailureCode.MIGRATION_FAILED) {
        throw failure;
      }
      held.operation().takeBack(failure);
      throw after(failure);
    }
  }

  /** Rolls back what the run completed; the failure, with what became of it. */
  private MigrationException after(MigrationException failure) {
    Comparison now = held.compare(resolved);
    Map<String, Script> stored = held.downScripts();
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
      held.rollBack(RollbackPlan.ofThese(now, stored, completed));
      String rolledBack = "the run had completed " + labels(completed) + "; they were rolled back";
      if (held.operation().fingerprints().keptSomething()) {
        return failure.withDone(
            rolledBack + "; repeatable migrations that it had applied stay.", List.of());
      }
      return failure.withDone(
          held.operation().fingerprints().notRestored()
              ? rolledBack
                  + ", but the schema is not what it was before: migrator verify tells which down script is"
                  + " to blame."
              : rolledBack + ", so that the database is as it was before.",
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
          held.progress().migrations());
    }
  }

  private static boolean hasRollback(Step step) {
    JavaMigration code = step.work() instanceof Work.Code work ? work.java() : null;
    return step.down() != null || code instanceof ReversibleJavaMigration;
  }

  private static String labels(List<Migration> migrations) {
    return migrations.stream().map(Migration::label).collect(Collectors.joining(", "));
  }
}
