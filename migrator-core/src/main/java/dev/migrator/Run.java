package dev.migrator;

import dev.migrator.internal.history.Attempt;
import dev.migrator.internal.history.Located;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.migration.Migration;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.ReportStep;
import dev.migrator.report.SafetyReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One operation under way: who, where, since when; it becomes the report. */
record Run(Action action, Located located, Attempt attempt, long started) {

  /** The report of an operation that reads no scripts. */
  MigrationReport report(List<ReportStep> steps) {
    return report(steps, List.of(), List.of());
  }

  MigrationReport report(List<ReportStep> steps, Comparison comparison, List<String> leftBehind) {
    return report(steps, notes(steps, comparison.notes(), leftBehind), comparison.future());
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
        null,
        SafetyReport.NONE,
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
