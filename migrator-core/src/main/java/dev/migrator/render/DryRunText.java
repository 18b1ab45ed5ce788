package dev.migrator.render;

import dev.migrator.migration.Migration;
import dev.migrator.report.DryRunReport;
import dev.migrator.report.LintReport;
import dev.migrator.report.TraceReport;

/** What a dry run came to, as a person reads it on a console: by the rules of {@link TextReport}. */
public final class DryRunText {

  private DryRunText() {}

  /** The plan, what its statements did where they were tried, and a closing line. */
  public static String of(DryRunReport report) {
    StringBuilder text = new StringBuilder(TextReport.of(report.plan()));
    LintReport lint = report.lint();
    if (lint != null && !(lint.violations().isEmpty() && lint.notes().isEmpty())) {
      text.append('\n').append(LintText.of(lint));
    }
    TraceReport trace = report.trace();
    if (trace != null) {
      text.append('\n').append(TraceText.of(trace));
    }
    text.append(report.notes().isEmpty() ? "" : "\n");
    report
        .notes()
        .forEach(note -> text.append("  Note: ").append(Printable.line(note)).append('\n'));
    if (report.refusal() != null) {
      text.append("Dry run failed: the run would be refused (" + report.refusal() + ").\n");
    } else if (trace != null) {
      Migration last = trace.migrations().get(trace.migrations().size() - 1).migration();
      text.append(
          trace.failure().isPresent()
              ? "Dry run failed: the run would fail at " + Printable.line(last.label()) + ".\n"
              : "Dry run passed: nothing was changed.\n");
    }
    return text.toString();
  }
}
