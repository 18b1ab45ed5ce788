package dev.migrator.render;

import dev.migrator.report.Complexity;
import dev.migrator.report.LockMode;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifiedMigration.StatementTime;
import dev.migrator.report.VerifyReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a verification found out, as one HTML page that needs nothing beside it: a timeline of the migrations with their
 * durations and verdicts. It has no script; a browser asks nobody for anything while it shows it.
 */
public final class VerifyPage {

  private static final int BAR = 1_000;

  private final StringBuilder html = new StringBuilder(16_384);

  private VerifyPage() {}

  /** The page, to be written as UTF-8. */
  public static String of(VerifyReport report) {
    VerifyPage page = new VerifyPage();
    page.write(report);
    return page.html.toString();
  }

  private void write(VerifyReport report) {
    String result = report.passed() ? "passed" : "not passed";
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(PageStyle.POLICY)
        .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>Migrations: ")
        .append(result)
        .append("</title>\n<style>")
        .append(PageStyle.CSS)
        .append(
            "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#timeline\">To the timeline</a>\n")
        .append("<main>\n<h1>Migrations, applied and taken back</h1>\n<p class=\"result ")
        .append(report.passed() ? "proved" : "failed")
        .append("\">")
        .append(report.passed() ? "Passed" : "Not passed")
        .append(": ")
        .append(Markup.of(Findings.counts(report)))
        .append("</p>\n<p class=\"faint\">")
        .append(Markup.of(report.server()))
        .append(", ")
        .append(TextReport.duration(report.duration()))
        .append("</p>\n");
    failed(report.migrations());
    timeline(report.migrations());
    checks(report.checks());
    notes("Rows", Findings.aboutRows(report));
    notes("Notes", report.notes());
    html.append("</main>\n</body>\n</html>\n");
  }

  private void failed(List<VerifiedMigration> migrations) {
    if (migrations.stream().allMatch(VerifiedMigration::passed)) {
      return;
    }
    html.append("<h2>Not passed</h2>\n<ul>\n");
    for (int i = 0; i < migrations.size(); i++) {
      VerifiedMigration migration = migrations.get(i);
      if (!migration.passed()) {
        html.append("<li><a href=\"#m")
            .append(i + 1)
            .append("\">")
            .append(Markup.of(Printable.line(migration.migration().label())))
            .append("</a>: ")
            .append(Markup.of(Findings.verdict(migration)))
            .append("</li>\n");
      }
    }
    html.append("</ul>\n");
  }

  private void timeline(List<VerifiedMigration> migrations) {
    html.append("<h2 id=\"timeline\">Timeline</h2>\n");
    if (migrations.isEmpty()) {
      html.append("<p>No migrations.</p>\n");
      return;
    }
    html.append("<ul class=\"counts faint\" aria-label=\"What the bars show\">\n");
    for (String part : List.of("up", "down", "again")) {
      html.append("<li><span class=\"key ")
          .append(part)
          .append("\"></span>")
          .append(part)
          .append("</li>\n");
    }
    html.append("</ul>\n<ol class=\"timeline\">\n");
    long longest =
        Math.max(1, migrations.stream().mapToLong(m -> total(m).toNanos()).max().orElse(1));
    for (int i = 0; i < migrations.size(); i++) {
      migration(i + 1, migrations.get(i), longest);
    }
    html.append("</ol>\n");
  }

  private void migration(int number, VerifiedMigration migration, long longest) {
    String style = style(Standing.of(migration));
    html.append("<li id=\"m")
        .append(number)
        .append("\" class=\"")
        .append(style)
        .append("\"><details")
        .append(migration.passed() ? "" : " open")
        .append("><summary><span class=\"row\"><span><b>")
        .append(Markup.of(Printable.line(migration.migration().label())))
        .append("</b> <span class=\"")
        .append(style)
        .append("\">")
        .append(Markup.of(Findings.verdict(migration)))
        .append("</span></span><span class=\"time\">")
        .append(Findings.time(total(migration)))
        .append("</span>");
    bar(migration, longest);
    html.append("</span></summary>\n<div class=\"inside\">\n");
    String findings = Findings.of(migration);
    if (!findings.isEmpty()) {
      // Whoever cannot use a mouse scrolls what has the focus.
      html.append("<pre tabindex=\"0\">").append(Markup.of(findings)).append("</pre>\n");
    }
    facts(migration);
    statements(migration.slowest());
    html.append("</div></details></li>\n");
  }

  /** Drawn with attributes: the policy forbids styles of elements. */
  private void bar(VerifiedMigration migration, long longest) {
    html.append("<svg class=\"bar\" viewBox=\"0 0 ")
        .append(BAR)
        .append(" 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    long start = part("up", 0, migration.up(), longest);
    start = part("down", start, migration.down(), longest);
    part("again", start, migration.again(), longest);
    html.append("</svg>");
  }

  private long part(String name, long start, Duration took, long longest) {
    if (took.isZero()) {
      return start;
    }
    long width = Math.max(2, Math.round((double) BAR * took.toNanos() / longest));
    html.append("<rect class=\"")
        .append(name)
        .append("\" x=\"")
        .append(start)
        .append("\" width=\"")
        .append(width)
        .append("\" height=\"10\"/>");
    return start + width;
  }

  private void facts(VerifiedMigration migration) {
    Complexity complexity = migration.complexity();
    html.append("<dl>\n");
    fact("Script", migration.migration().script());
    fact("Rollback", migration.verdict().words());
    fact("Rows", migration.data().words());
    fact(
        "Up, down, again",
        String.join(
            ", ", shown(migration.up()), shown(migration.down()), shown(migration.again())));
    fact(
        "Statements",
        complexity.statements() == 0 ? "" : Integer.toString(complexity.statements()));
    fact("Tables", String.join(", ", complexity.tables()));
    fact("Strongest lock", LockMode.inWords(complexity.strongestLock()));
    fact("Rewritten", String.join(", ", complexity.rewrites()));
    html.append("</dl>\n");
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      html.append("<dt>")
          .append(name)
          .append("</dt><dd>")
          .append(Markup.of(value))
          .append("</dd>\n");
    }
  }

  private void statements(List<StatementTime> slowest) {
    if (slowest.isEmpty()) {
      return;
    }
    html.append(
        "<table><thead><tr><th>Line</th><th>Slowest statements</th><th class=\"time\">Time</th></tr></thead><tbody>\n");
    for (StatementTime statement : slowest) {
      html.append("<tr><td>")
          .append(statement.line())
          .append("</td><td><code>")
          .append(Markup.of(Printable.line(statement.words())))
          .append("</code></td><td class=\"time\">")
          .append(TextReport.duration(statement.took()))
          .append("</td></tr>\n");
    }
    html.append("</tbody></table>\n");
  }

  private void checks(List<VerifyReport.Check> checks) {
    if (checks.isEmpty()) {
      return;
    }
    html.append(
        "<h2>All together</h2>\n<table><thead><tr><th>Check</th><th>Result</th><th class=\"time\">Time</th></tr></thead><tbody>\n");
    for (VerifyReport.Check check : checks) {
      html.append("<tr><td>")
          .append(Markup.of(check.name()))
          .append("</td><td><span class=\"")
          .append(style(Standing.of(check)))
          .append("\">")
          .append(check.result().name().toLowerCase(Locale.ROOT))
          .append("</span>");
      if (!check.why().isEmpty()) {
        html.append("<pre tabindex=\"0\">").append(Markup.of(check.why())).append("</pre>");
      }
      html.append("</td><td class=\"time\">")
          .append(Findings.time(check.took()))
          .append("</td></tr>\n");
    }
    html.append("</tbody></table>\n");
  }

  private void notes(String heading, List<String> notes) {
    if (!notes.isEmpty()) {
      html.append("<h2>").append(heading).append("</h2>\n<ul>\n");
      notes.forEach(note -> html.append("<li>").append(Markup.of(note)).append("</li>\n"));
      html.append("</ul>\n");
    }
  }

  private static Duration total(VerifiedMigration migration) {
    return migration.up().plus(migration.down()).plus(migration.again());
  }

  private static String shown(Duration took) {
    return took.isZero() ? "did not run" : TextReport.duration(took);
  }

  private static String style(Standing standing) {
    return standing.words().replace(' ', '-');
  }
}
