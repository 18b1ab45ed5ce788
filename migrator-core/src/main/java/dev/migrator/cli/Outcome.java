package dev.migrator.cli;

import dev.migrator.Snapshots;
import dev.migrator.migration.FailureCode;
import dev.migrator.render.BackupJson;
import dev.migrator.render.BackupText;
import dev.migrator.render.ChangeLogJson;
import dev.migrator.render.ChangeLogMarkdown;
import dev.migrator.render.CheckJson;
import dev.migrator.render.CheckText;
import dev.migrator.render.DriftJson;
import dev.migrator.render.DriftText;
import dev.migrator.render.DryRunJson;
import dev.migrator.render.DryRunText;
import dev.migrator.render.HistoryText;
import dev.migrator.render.JsonReport;
import dev.migrator.render.LintJson;
import dev.migrator.render.LintText;
import dev.migrator.render.ScriptJson;
import dev.migrator.render.ScriptText;
import dev.migrator.render.TextReport;
import dev.migrator.render.TraceJson;
import dev.migrator.render.TraceText;
import dev.migrator.render.VerifyJson;
import dev.migrator.render.VerifyText;
import dev.migrator.report.BackupReport;
import dev.migrator.report.ChangeLog;
import dev.migrator.report.CheckReport;
import dev.migrator.report.DriftReport;
import dev.migrator.report.DryRunReport;
import dev.migrator.report.HistoryReport;
import dev.migrator.report.IndexReport;
import dev.migrator.report.LintReport;
import dev.migrator.report.LintRule;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.RestoreReport;
import dev.migrator.report.SchemaCheck;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.report.ScriptReport;
import dev.migrator.report.Severity;
import dev.migrator.report.StatusReport;
import dev.migrator.report.TraceReport;
import dev.migrator.report.ValidationReport;
import dev.migrator.report.VerifyReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a verb came to.
 *
 * @param text the result for a person
 * @param json the result for a machine
 * @param exitCode the exit code of the process
 * @param checks what it came to where it is the answers of checks
 */
record Outcome(
    Supplier<String> text, Supplier<String> json, int exitCode, Optional<CheckReport> checks) {

  Outcome(Supplier<String> text, Supplier<String> json, int exitCode) {
    this(text, json, exitCode, Optional.empty());
  }

  /** The checks before a run, or those after it. */
  static Outcome of(CheckReport report) {
    FailureCode failure = report.phase() == CheckReport.Phase.PREFLIGHT
        ? FailureCode.PREFLIGHT_FAILED
        : FailureCode.POSTFLIGHT_FAILED;
    return new Outcome(
        () -> CheckText.of(report),
        () -> CheckJson.of(report),
        report.failed().isEmpty() ? 0 : failure.exitCode(),
        Optional.of(report));
  }

  /** The same with the exit code of a failure. */
  Outcome failing(FailureCode failure) {
    return new Outcome(text, json, failure.exitCode(), checks);
  }

  static Outcome of(MigrationReport report) {
    SchemaCheck check = report.schemaCheck();
    return new Outcome(
        () -> TextReport.of(report),
        () -> JsonReport.of(report),
        check != null && check.differs() ? FailureCode.SCHEMA_NOT_RESTORED.exitCode() : 0);
  }

  /** A file, which is the same for both. */
  static Outcome of(SchemaSnapshot snapshot) {
    return new Outcome(() -> Snapshots.text(snapshot), () -> Snapshots.text(snapshot), 0);
  }

  static Outcome of(DriftReport report) {
    return new Outcome(
        () -> DriftText.of(report),
        () -> DriftJson.of(report),
        report.hasDrifted() ? FailureCode.SCHEMA_DRIFTED.exitCode() : 0);
  }

  static Outcome of(MigrationPlan plan) {
    return new Outcome(() -> TextReport.of(plan), () -> JsonReport.of(plan), 0);
  }

  static Outcome of(ScriptReport report, ScriptText.Detail detail) {
    return new Outcome(
        () -> ScriptText.of(report, detail),
        () -> ScriptJson.of(report),
        report.isRefused() ? FailureCode.SCRIPT_REFUSED.exitCode() : 0);
  }

  static Outcome of(StatusReport status) {
    return new Outcome(() -> TextReport.of(status), () -> JsonReport.of(status), 0);
  }

  static Outcome of(HistoryReport report) {
    return new Outcome(() -> HistoryText.of(report), () -> HistoryText.json(report), 0);
  }

  static Outcome of(BackupReport report) {
    return new Outcome(() -> BackupText.of(report), () -> BackupJson.of(report), 0);
  }

  static Outcome of(RestoreReport report) {
    return new Outcome(() -> BackupText.of(report), () -> BackupJson.of(report), 0);
  }

  static Outcome of(IndexReport report) {
    return new Outcome(() -> TextReport.of(report), () -> JsonReport.of(report), 0);
  }

  static Outcome of(ChangeLog log) {
    return new Outcome(() -> ChangeLogMarkdown.of(log), () -> ChangeLogJson.of(log), 0);
  }

  /**
   * What the lint found.
   *
   * @param failOn what weighs this much, or more, ends the process with an exit code
   */
  static Outcome of(LintReport report, Severity failOn, Function<LintReport, String> text) {
    boolean fails = report.violations().stream()
        .anyMatch(each -> !each.isAllowed() && each.severity().compareTo(failOn) >= 0);
    return new Outcome(
        () -> text.apply(report),
        () -> LintJson.of(report),
        fails ? FailureCode.LINT_FAILED.exitCode() : 0);
  }

  /** The rules of the lint. */
  static Outcome ofRules(List<LintRule> rules) {
    return new Outcome(() -> LintText.of(rules), () -> LintJson.of(rules), 0);
  }

  static Outcome of(VerifyReport report) {
    return new Outcome(
        () -> VerifyText.of(report),
        () -> VerifyJson.of(report),
        report.failure().map(FailureCode::exitCode).orElse(0));
  }

  static Outcome of(DryRunReport report) {
    return new Outcome(
        () -> DryRunText.of(report),
        () -> DryRunJson.of(report),
        report.failure().map(FailureCode::exitCode).orElse(0));
  }

  static Outcome of(TraceReport report) {
    return new Outcome(
        () -> TraceText.of(report),
        () -> TraceJson.of(report),
        report.failure().map(FailureCode::exitCode).orElse(0));
  }

  static Outcome of(ValidationReport report) {
    return new Outcome(
        () -> TextReport.of(report),
        () -> JsonReport.of(report),
        report.isValid() ? 0 : FailureCode.VALIDATION_FAILED.exitCode());
  }
}
