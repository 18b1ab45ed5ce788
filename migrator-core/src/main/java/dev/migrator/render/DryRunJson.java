package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.FailureCode;
import dev.migrator.report.DryRunReport;

/** What a dry run came to, as machines read it: by the rules of {@link JsonReport}. */
public final class DryRunJson {

  private DryRunJson() {}

  /** The document, whose {@code type} is {@code dry_run}. */
  public static String of(DryRunReport report) {
    FailureCode failure = report.failure().orElse(null);
    return JsonText.document(
        "dry_run",
        json -> json.put("passed", failure == null)
            .put("code", failure == null ? null : failure.name())
            .put("exitCode", failure == null ? 0 : failure.exitCode())
            .object("plan", report.plan(), JsonReport::plan)
            .object("lint", report.lint(), LintJson::content)
            .object("trace", report.trace(), TraceJson::content)
            .strings("notes", report.notes().stream().map(Redaction::redact).toList()));
  }
}
