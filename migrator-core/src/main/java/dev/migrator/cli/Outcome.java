package dev.migrator.cli;

import dev.migrator.migration.FailureCode;
import dev.migrator.render.JsonReport;
import dev.migrator.render.ScriptJson;
import dev.migrator.render.ScriptText;
import dev.migrator.render.TextReport;
import dev.migrator.report.IndexReport;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.ScriptReport;
import dev.migrator.report.StatusReport;
import dev.migrator.report.ValidationReport;
import java.util.function.Supplier;

/**
 * What a verb came to.
 *
 * @param text the result for a person
 * @param json the result for a machine
 * @param exitCode the exit code of the process
 */
record Outcome(Supplier<String> text, Supplier<String> json, int exitCode) {

  static Outcome of(MigrationReport report) {
    return new Outcome(() -> TextReport.of(report), () -> JsonReport.of(report), 0);
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

  static Outcome of(IndexReport report) {
    return new Outcome(() -> TextReport.of(report), () -> JsonReport.of(report), 0);
  }

  static Outcome of(ValidationReport report) {
    return new Outcome(
        () -> TextReport.of(report),
        () -> JsonReport.of(report),
        report.isValid() ? 0 : FailureCode.VALIDATION_FAILED.exitCode());
  }
}
