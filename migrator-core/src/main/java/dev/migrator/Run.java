package dev.migrator;

import dev.migrator.internal.history.Attempt;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.Located;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.internal.lock.MigrationLock;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.migration.Migration;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One operation under way: who, where, since when; it becomes the report. */
record Run(Action action, Located located, Attempt attempt, Records records, long started) {

  static Run of(History history, Action action, Attempt attempt, long started) {
    LockKey key = LockKey.of(history.names().toString());
    Records records =
        new Records(history.names(), attempt, new Records.Proof(key.proof(), LockKey.RAISED));
    return new Run(action, history.located(), attempt, records, started);
  }

  /** Writes the plan's steps as pending, so that the status view shows what is to come. */
  void showPending(MigrationLock lock, Plan plan, Ranks ranks) {
    List<Command> commands = records.pending(
        plan.steps().stream()
            .map(step ->
                new Records.Subject(step.migration(), step.checksum(), step.isTransactional()))
            .toList(),
        ranks::of);
    try {
      lock.run(commands);
    } catch (CommandFailedException e) {
      throw Session.unanswered("writing to " + located.names(), e);
    }
  }

  MigrationReport report(List<ReportStep> steps, Comparison comparison) {
    return report(steps, comparison, List.of());
  }

  MigrationReport report(List<ReportStep> steps, Comparison comparison, List<String> leftBehind) {
    return report(steps, notes(steps, comparison.notes(), leftBehind), comparison.future());
  }

  MigrationReport report(List<ReportStep> steps) {
    return report(steps, List.of(), List.of());
  }

  private MigrationReport report(
      List<ReportStep> steps, List<String> notes, List<Migration> future) {
    return new MigrationReport(
        attempt.runId(),
        action,
        located.database(),
        located.names().schema(),
        attempt.environment().stored(),
        steps,
        notes,
        future,
        Duration.ofNanos(System.nanoTime() - started));
  }

  private static List<String> notes(
      List<ReportStep> steps, List<String> found, List<String> leftBehind) {
    List<String> notes = new ArrayList<>(found);
    for (ReportStep step : steps) {
      if (!step.leaked().isEmpty()) {
        notes.add(step.migration().label() + " left session state behind, which was reset: "
            + String.join(", ", step.leaked()) + ".");
      }
    }
    if (!leftBehind.isEmpty()) {
      notes.add("The run left session state behind, which was reset: "
          + String.join(", ", leftBehind) + ".");
    }
    return notes;
  }
}
