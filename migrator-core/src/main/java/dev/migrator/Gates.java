package dev.migrator;

import dev.migrator.internal.execute.Progress;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import java.util.EnumSet;
import java.util.Set;

/** What a plan must pass before anything of it runs, in this order, and what is looked at once it has. */
record Gates(Held held) {

  /** What a gate refuses before it has changed anything. */
  private static final Set<FailureCode> REFUSALS = EnumSet.of(
      FailureCode.PRODUCTION_UNCONFIRMED,
      FailureCode.DESTRUCTION_BLOCKED,
      FailureCode.LINT_FAILED,
      FailureCode.PREFLIGHT_FAILED,
      FailureCode.DRY_RUN_FAILED,
      FailureCode.BACKUP_FAILED);

  /**
   * Passes what is applied, or ends the operation with an exception; nothing was changed then but what the operation has taken
   * down.
   *
   * @param dryRun tries the plan on a server of throw-away databases
   */
  void pass(RunPlan run, DryRuns dryRun) {
    telling(() -> {
      confirm(run.up());
      new LintGate(held).pass(run.up(), run.comparison());
      held.operation().checkup().before(held, run.up());
      review(run.up(), run.comparison(), dryRun);
      new BackupGate(held).pass();
    });
  }

  /**
   * Passes the whole of a run that begins with a take-down, or ends the operation with an exception; nothing was changed then.
   * Only what the rest destroys is left to be judged: until the half is gone it looks like something that was there before.
   */
  void passTakeDown(RunPlan run, Inventory resolved, DryRuns dryRun) {
    telling(() -> {
      confirm(run.whole());
      new LintGate(held).passTakeDown(run.down(), resolved);
      held.operation().checkup().before(held, run.whole());
      review(run.whole(), run.comparison(), dryRun);
      new BackupGate(held).pass();
    });
  }

  /** Passes a plan that only takes back, or ends the operation with an exception; nothing was changed then. */
  void passRollback(Plan plan, Comparison comparison, Inventory resolved, DryRuns dryRun) {
    telling(() -> {
      confirm(plan);
      new LintGate(held).passRollback(plan, resolved);
      review(plan, comparison, dryRun);
    });
  }

  private void confirm(Plan plan) {
    Operation operation = held.operation();
    operation.confirmOnce(plan, () -> new ProductionGate(operation.settings()).pass(plan));
  }

  private void review(Plan plan, Comparison comparison, DryRuns dryRun) {
    Operation operation = held.operation();
    operation.reviewOnce(
        plan, () -> new ReviewGate(operation, dryRun).pass(held, plan, comparison));
  }

  /** A refusal says what the operation has done by then, before a lost connection or to begin with. */
  private void telling(Runnable gates) {
    try {
      gates.run();
    } catch (MigrationException e) {
      Progress progress = held.progress();
      if (!REFUSALS.contains(e.code()) || progress.migrations().isEmpty()) {
        throw e;
      }
      throw e.withDone(progress.stays(), progress.migrations());
    }
  }

  /** Writes to the history what the gates did, once there is one. */
  void record() {
    held.operation().checkup().record(held);
    new BackupGate(held).record();
  }

  /** Looks at what a run has left; what it finds is in the report, and does not undo anything. */
  void lookBack() {
    held.operation().checkup().after(held);
  }

  /** The report, or an exception that carries it. */
  MigrationReport settle(MigrationReport report) {
    return Checkup.settled(held.operation().settings(), report);
  }
}
