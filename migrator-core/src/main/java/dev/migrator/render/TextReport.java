package dev.migrator.render;

import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationState;
import dev.migrator.report.Action;
import dev.migrator.report.BackupReport;
import dev.migrator.report.IndexReport;
import dev.migrator.report.LockTime;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.MigrationStatus;
import dev.migrator.report.PlannedStep;
import dev.migrator.report.ReportStep;
import dev.migrator.report.StatusReport;
import dev.migrator.report.ValidationReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports as a person reads them on a console: plain text, no colours, times in UTC, every line ended by a newline. */
public final class TextReport {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** How many of the locked relations are named: those that were locked longest. */
  private static final int LOCKS = 5;

  private TextReport() {}

  /** What an operation did: a table of its steps, its notes, and a closing line. */
  public static String of(MigrationReport report) {
    StringBuilder text = new StringBuilder();
    if (!report.steps().isEmpty()) {
      TextTable table =
          new TextTable("Version", "Name", "Action", "Statements", "Duration", "Remark");
      for (ReportStep step : report.steps()) {
        table.row(
            step.migration().version().text(),
            step.migration().name(),
            verb(step.action()),
            step.statements() == 0 ? "" : Integer.toString(step.statements()),
            duration(step.duration()),
            remark(step));
      }
      text.append(table.text());
    }
    warnings(text, report.steps());
    BackupReport backup = report.safety().backup();
    if (backup != null) {
      text.append("  ").append(BackupText.line(backup)).append('\n');
    }
    locks(text, report.locks());
    LintText.brief(text, report.safety().lint());
    text.append(CheckText.within(report.safety().preflight(), report.safety().postflight()));
    notes(text, report.notes(), report.future());
    return text.append(closing(report)).append('\n').toString();
  }

  /** What a run would do. */
  public static String of(MigrationPlan plan) {
    StringBuilder text = new StringBuilder();
    if (!plan.isEmpty()) {
      TextTable table = new TextTable("Version", "Name", "Action", "Statements", "Transaction");
      for (PlannedStep step : plan.steps()) {
        table.row(
            step.migration().version().text(),
            step.migration().name(),
            step.action() == Action.ROLLBACK ? "roll back" : "apply",
            step.statements() == 0 ? "" : Integer.toString(step.statements()),
            step.transactional() ? "yes" : "no: " + step.reason());
      }
      text.append(table.text());
    }
    notes(text, plan.notes(), plan.future());
    int count = plan.steps().size();
    if (count > 0) {
      text.append("  Digest: ").append(plan.digest()).append('\n');
    }
    text.append(
            count == 0
                ? "Nothing to do"
                : count(count, "migration")
                    + (rollsBack(plan) ? " would be rolled back" : " would run")
                    + "; nothing was changed")
        .append(" (schema ")
        .append(plan.schema())
        .append(", environment ")
        .append(plan.environment())
        .append(").\n");
    return text.toString();
  }

  private static boolean rollsBack(MigrationPlan plan) {
    return plan.steps().stream().allMatch(step -> step.action() == Action.ROLLBACK);
  }

  /** Every migration with its state. */
  public static String of(StatusReport status) {
    StringBuilder text = new StringBuilder();
    if (!status.migrations().isEmpty()) {
      TextTable table = new TextTable(
          "Version", "Name", "State", "Applied at (UTC)", "Duration", "Applied by", "Rollback");
      for (MigrationStatus migration : status.migrations()) {
        Instant appliedAt = migration.appliedAt();
        Long took = migration.executionTimeMs();
        String by = migration.appliedBy();
        table.row(
            migration.migration().version().text(),
            migration.migration().name(),
            migration.state().words(),
            appliedAt == null ? "" : TIME.format(appliedAt),
            took == null ? "" : duration(Duration.ofMillis(took)),
            by == null ? "" : by,
            migration.rollback() ? "yes" : "no");
      }
      text.append(table.text());
      for (MigrationStatus migration : status.migrations()) {
        String error = migration.errorMessage();
        if (error != null) {
          text.append("  ")
              .append(migration.migration().label())
              .append(": ")
              .append(Redaction.redact(error))
              .append('\n');
        }
      }
    }
    notes(text, status.notes(), List.of());
    text.append("Database ").append(status.database()).append(", schema ").append(status.schema());
    text.append(status.tracked() ? ": " : ", not migrated yet: ");
    return text.append(states(status)).append(".\n").toString();
  }

  /** The index that was written. */
  public static String of(IndexReport report) {
    StringBuilder text = new StringBuilder();
    notes(text, report.notes(), List.of());
    return text.append("Wrote ")
        .append(report.file())
        .append(": ")
        .append(count(report.migrations(), "migration"))
        .append(".\n")
        .toString();
  }

  /** Whether scripts and database agree. */
  public static String of(ValidationReport report) {
    StringBuilder text = new StringBuilder();
    report.mismatches().forEach(m -> text.append("  ").append(m).append('\n'));
    notes(text, report.notes(), List.of());
    text.append(
        report.isValid()
            ? "Scripts and database agree"
            : count(report.mismatches().size(), "migration") + " disagree"
                + (report.mismatches().size() == 1 ? "s" : "") + " with the database");
    if (!report.pending().isEmpty()) {
      text.append("; pending: ")
          .append(
              report.pending().stream().map(Migration::label).collect(Collectors.joining(", ")));
    }
    return text.append(".\n").toString();
  }

  private static String closing(MigrationReport report) {
    String where = " (database " + report.database() + ", schema " + report.schema()
        + ", environment " + report.environment() + ", " + duration(report.duration()) + ").";
    int count = report.steps().size();
    String done = switch (report.action()) {
      case APPLY ->
        count == 0 ? "Up to date: nothing to apply" : count(count, "migration") + " applied";
      case ROLLBACK ->
        count == 0 ? "Nothing to roll back" : count(count, "migration") + " rolled back";
      case BASELINE -> count == 0 ? "The baseline is set already" : "Baseline set";
      case REPAIR ->
        count == 0
            ? "Nothing to repair"
            : count(count, "migration")
                + (report.steps().get(0).action() == Action.APPLY ? " applied again" : " repaired");
    };
    return done + where;
  }

  /** What the server warned of; its notices are for whoever looks closer. */
  private static void warnings(StringBuilder text, List<ReportStep> steps) {
    for (ReportStep step : steps) {
      step.notices().stream()
          .filter(notice -> notice.startsWith("WARNING"))
          .forEach(notice -> text.append("  ")
              .append(step.migration().label())
              .append(": ")
              .append(Redaction.redact(notice))
              .append('\n'));
    }
  }

  private static void locks(StringBuilder text, List<LockTime> locks) {
    if (!locks.isEmpty()) {
      text.append("  Locked, at most: ")
          .append(locks.stream()
              .limit(LOCKS)
              .map(lock -> lock.relation() + " " + duration(lock.held()) + " (" + lock.mode() + ")")
              .collect(Collectors.joining(", ")))
          .append(locks.size() > LOCKS ? " and " + (locks.size() - LOCKS) + " more.\n" : ".\n");
    }
  }

  private static void notes(StringBuilder text, List<String> notes, List<Migration> future) {
    notes.forEach(note -> text.append("  Note: ").append(note).append('\n'));
    if (!future.isEmpty()) {
      text.append("  Note: a newer release applied ")
          .append(future.stream().map(Migration::label).collect(Collectors.joining(", ")))
          .append(".\n");
    }
  }

  private static String remark(ReportStep step) {
    if (!step.remark().isEmpty()) {
      return step.remark();
    }
    return step.transactional() ? "" : "without a transaction";
  }

  private static String states(StatusReport status) {
    String counts = Arrays.stream(MigrationState.values())
        .filter(state -> status.count(state) > 0)
        .map(state -> status.count(state) + " " + state.words())
        .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "no migrations" : counts;
  }

  private static String verb(Action action) {
    return switch (action) {
      case APPLY -> "applied";
      case ROLLBACK -> "rolled back";
      case BASELINE -> "baseline";
      case REPAIR -> "repaired";
    };
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 10_000) {
      return millis + " ms";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
