package dev.migrator.render;

import dev.migrator.report.DataVerdict;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifiedMigration.StatementTime;
import dev.migrator.report.VerifyReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a verification found out, as a short summary for a pull request: Markdown as GitHub and GitLab read it. */
public final class VerifyMarkdown {

  /** A comment may have 65,536 characters; where the failures, the list after them, and everything must end. */
  private static final int END_OF_FAILURES = 40_000;

  private static final int END_OF_LIST = 55_000;

  private static final int END = 64_000;

  /** It should be read. */
  private static final int FAILURES = 20;

  private static final int LINES = 60;

  private static final int LINE = 200;

  private static final int SLOWEST = 5;

  /** What takes less is not worth a line. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final Pattern BACKTICKS = Pattern.compile("`{3,}");

  private final StringBuilder text = new StringBuilder();

  private VerifyMarkdown() {}

  /** A heading that tells the result, how many migrations have which verdict, what failed, and the slowest ones. */
  public static String of(VerifyReport report) {
    VerifyMarkdown markdown = new VerifyMarkdown();
    markdown.write(report);
    return markdown.text.toString();
  }

  private void write(VerifyReport report) {
    text.append("### Migrations: ")
        .append(report.passed() ? "passed" : "not passed")
        .append("\n\n| Verdict | Migrations |\n|---|--:|\n");
    for (RollbackVerdict verdict : RollbackVerdict.values()) {
      long count = Findings.count(report, verdict);
      if (count > 0) {
        text.append("| ").append(verdict.words()).append(" | ").append(count).append(" |\n");
      }
    }
    for (DataVerdict verdict : DataVerdict.values()) {
      long count = Findings.count(report, verdict);
      if (!verdict.passed() && count > 0) {
        text.append("| rows ")
            .append(verdict.words())
            .append(" | ")
            .append(count)
            .append(" |\n");
      }
    }
    text.append('\n');
    failures(report.migrations().stream().filter(m -> !m.passed()).toList());
    list(Stream.concat(
            report.checks().stream().map(VerifyMarkdown::line),
            report.notes().stream().map(note -> "Note: " + Markdown.escaped(cut(note))))
        .toList());
    int start = text.length();
    slowest(report.migrations());
    takeBackIfBeyond(END, start);
    text.append("\n<sub>")
        .append(Markdown.escaped(cut(report.server())))
        .append(", ")
        .append(TextReport.duration(report.duration()))
        .append("</sub>\n");
  }

  private static String line(VerifyReport.Check check) {
    return Markdown.escaped(check.name()) + ": " + result(check)
        + (check.why().isEmpty() ? "" : ": " + Markdown.escaped(cut(check.why())));
  }

  private void list(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      int start = text.length();
      text.append("- ").append(lines.get(i)).append('\n');
      if (takeBackIfBeyond(END_OF_LIST, start)) {
        text.append("- and ").append(lines.size() - i).append(" more\n");
        return;
      }
    }
  }

  private boolean takeBackIfBeyond(int end, int start) {
    boolean beyond = text.length() > end;
    if (beyond) {
      text.setLength(start);
    }
    return beyond;
  }

  private void failures(List<VerifiedMigration> failed) {
    int shown = 0;
    while (shown < Math.min(FAILURES, failed.size())) {
      VerifiedMigration migration = failed.get(shown);
      int start = text.length();
      text.append("<details><summary>")
          .append(Markup.of(Printable.line(migration.migration().label())))
          .append(": ")
          .append(Markup.of(Findings.verdict(migration)))
          .append("</summary>\n\n");
      fenced(Findings.of(migration));
      text.append("\n</details>\n");
      if (takeBackIfBeyond(END_OF_FAILURES, start)) {
        break;
      }
      shown++;
    }
    if (failed.size() > shown) {
      text.append("\nand ").append(failed.size() - shown).append(" more.\n");
    }
    if (!failed.isEmpty()) {
      text.append('\n');
    }
  }

  /** The fence is longer than any within, so that the text cannot end it. */
  private void fenced(String block) {
    List<String> lines = block.lines().toList();
    String longest = BACKTICKS
        .matcher(block)
        .results()
        .map(result -> result.group() + "`")
        .max(Comparator.comparingInt(String::length))
        .orElse("```");
    text.append(longest).append("text\n");
    lines.stream().limit(LINES).forEach(line -> text.append(cut(line)).append('\n'));
    if (lines.size() > LINES) {
      text.append("... and ").append(lines.size() - LINES).append(" more lines\n");
    }
    text.append(longest).append('\n');
  }

  private void slowest(List<VerifiedMigration> migrations) {
    List<VerifiedMigration> slow = migrations.stream()
        .filter(migration -> migration.up().compareTo(SLOW) >= 0)
        .sorted(Comparator.comparing(VerifiedMigration::up).reversed())
        .limit(SLOWEST)
        .toList();
    if (slow.isEmpty()) {
      return;
    }
    text.append("\n| Slowest | Up | Slowest statement |\n|---|--:|---|\n");
    for (VerifiedMigration migration : slow) {
      text.append("| ")
          .append(Markdown.escaped(migration.migration().label()))
          .append(" | ")
          .append(TextReport.duration(migration.up()))
          .append(" | ");
      if (!migration.slowest().isEmpty()) {
        StatementTime statement = migration.slowest().get(0);
        text.append("line ")
            .append(statement.line())
            .append(": ")
            .append(Markdown.escaped(statement.words()))
            .append(" (")
            .append(TextReport.duration(statement.took()))
            .append(')');
      }
      text.append(" |\n");
    }
  }

  private static String result(VerifyReport.Check check) {
    String word = check.result().name().toLowerCase(Locale.ROOT);
    return check.passed() ? word : "**" + word + "**";
  }

  private static String cut(String line) {
    if (line.length() <= LINE) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(LINE - 1)) ? LINE - 1 : LINE;
    return line.substring(0, end) + " ...";
  }
}
