package dev.migrator.render;

import dev.migrator.report.CheckReport;
import dev.migrator.report.CheckResult;
import dev.migrator.report.CheckResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checks before or after a run, as a person reads them. */
public final class CheckText {

  /** How many findings of a check are shown; the JSON document has all. */
  private static final int FINDINGS = 10;

  private CheckText() {}

  /** A table of every check, what was found, what to do, and a closing line. */
  public static String of(CheckReport report) {
    TextTable table = new TextTable("Check", "Outcome", "Answer");
    report
        .results()
        .forEach(result ->
            table.row(result.id(), words(result.outcome()), Printable.line(result.answer())));
    StringBuilder text = new StringBuilder(table.text());
    report.results().forEach(result -> details(text, result));
    String closing = counts(report);
    return text.append(closing.substring(0, 1).toUpperCase(Locale.ROOT))
        .append(closing.substring(1))
        .append(".\n")
        .toString();
  }

  /** A line about the checks before and after a run, and what those say that did not pass. */
  static String within(@Nullable CheckReport preflight, @Nullable CheckReport postflight) {
    List<CheckReport> reports =
        Stream.of(preflight, postflight).filter(Objects::nonNull).toList();
    if (reports.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("  Checked: ")
        .append(reports.stream().map(CheckText::counts).collect(Collectors.joining("; ")))
        .append(".\n");
    reports.forEach(report -> text.append(attention(report)));
    return text.toString();
  }

  /** The closing line, and what those say that did not pass: for a log. */
  static String lines(CheckReport report) {
    return counts(report) + ".\n" + attention(report);
  }

  private static String attention(CheckReport report) {
    StringBuilder text = new StringBuilder();
    for (CheckResult result : report.results()) {
      if (result.outcome() == Outcome.WARNED || result.outcome() == Outcome.FAILED) {
        text.append("  ")
            .append(words(result.outcome()))
            .append(": ")
            .append(result.id())
            .append(": ")
            .append(Printable.line(result.answer()))
            .append('\n');
        findings(text, result, "    ");
        advice(text, result, "    ");
      }
    }
    return text.toString();
  }

  private static void details(StringBuilder text, CheckResult result) {
    boolean silent = result.outcome() == Outcome.PASSED;
    if (silent && result.findings().isEmpty()) {
      return;
    }
    if (result.outcome() == Outcome.NOT_ASKED) {
      return;
    }
    text.append("  ").append(result.id()).append(": ").append(result.question()).append('\n');
    findings(text, result, "    ");
    advice(text, result, "    ");
  }

  private static void findings(StringBuilder text, CheckResult result, String indent) {
    List<String> findings = result.findings();
    findings.stream()
        .limit(FINDINGS)
        .forEach(finding ->
            text.append(indent).append("- ").append(Printable.line(finding)).append('\n'));
    if (findings.size() > FINDINGS) {
      text.append(indent).append("- and ").append(findings.size() - FINDINGS).append(" more\n");
    }
  }

  private static void advice(StringBuilder text, CheckResult result, String indent) {
    String heading = "Next: ";
    for (String line : Printable.of(result.advice()).lines().toList()) {
      text.append(indent).append(heading).append(line).append('\n');
      heading = "      ";
    }
  }

  private static String counts(CheckReport report) {
    List<String> counted = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      long count = report.count(outcome);
      if (count > 0) {
        counted.add(count + " " + words(outcome));
      }
    }
    return report.phase().name().toLowerCase(Locale.ROOT)
        + ": "
        + (counted.isEmpty() ? "nothing was asked" : String.join(", ", counted))
        + (report.forced() ? "; the run was told to go on nevertheless" : "");
  }

  private static String words(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
