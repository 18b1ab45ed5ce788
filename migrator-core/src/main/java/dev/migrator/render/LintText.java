package dev.migrator.render;

import dev.migrator.report.LintReport;
import dev.migrator.report.LintRule;
import dev.migrator.report.Severity;
import dev.migrator.report.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the lint found, as a person reads it on a console. */
public final class LintText {

  /** How many findings the report of a run names; {@code lint} names all of them. */
  private static final int BRIEF = 10;

  private static final int WIDTH = 110;

  private LintText() {}

  /**
   * Every finding with its line of SQL, what it does and what to do, which is said of a rule once, and a closing line with
   * their numbers.
   */
  public static String of(LintReport report) {
    StringBuilder text = new StringBuilder();
    Set<String> explained = new HashSet<>();
    report.violations().stream()
        .filter(violation -> !violation.isAllowed())
        .forEach(violation ->
            violation(text, violation, explained.add(violation.rule() + violation.remedy())));
    allowed(text, report);
    report
        .notes()
        .forEach(note -> text.append("Note: ").append(Printable.line(note)).append('\n'));
    return text.append(closing(report)).append('\n').toString();
  }

  /** The rules by topic. */
  public static String of(List<LintRule> rules) {
    StringBuilder text = new StringBuilder();
    String topic = "";
    for (LintRule rule : rules) {
      if (!rule.topic().equals(topic)) {
        text.append(text.isEmpty() ? "" : "\n").append(rule.topic()).append('\n');
        topic = rule.topic();
      }
      text.append("  ").append(rule.id()).append(" (").append(rule.severity().word());
      text.append(rule.destructive() ? ", destructive" : "").append(rule.on() ? ")\n" : ", off)\n");
      wrap(text, "    ", rule.condition());
    }
    return text.toString();
  }

  /** A line for what stands out, in the report of a run. */
  static void brief(StringBuilder text, @Nullable LintReport report) {
    if (report == null || report.violations().isEmpty()) {
      return;
    }
    List<Violation> standing = report.violations().stream()
        .filter(violation -> !violation.isAllowed() && violation.severity() != Severity.NOTE)
        .sorted(Comparator.comparing(Violation::severity).reversed())
        .toList();
    standing.stream()
        .limit(BRIEF)
        .forEach(violation -> text.append("  Lint: ")
            .append(violation.severity().word())
            .append(' ')
            .append(violation.rule())
            .append(" at ")
            .append(violation.position())
            .append(": ")
            .append(Printable.line(violation.message()))
            .append('\n'));
    text.append("  Lint: ").append(counts(report));
    text.append(
        standing.size() > BRIEF
            ? "; 'migrator lint' shows all of them, and what to do.\n"
            : "; 'migrator lint' tells what to do.\n");
  }

  private static void violation(StringBuilder text, Violation violation, boolean explains) {
    text.append(violation.position())
        .append(": ")
        .append(violation.severity().word())
        .append(" [")
        .append(violation.rule())
        .append("]\n");
    wrap(text, "  ", violation.message());
    String excerpt = violation.excerpt();
    if (excerpt != null) {
      Printable.of(excerpt)
          .lines()
          .forEach(line -> text.append("    ").append(line).append('\n'));
    }
    if (explains) {
      wrap(text, "  Effect: ", violation.effect());
      wrap(text, "  Remedy: ", violation.remedy());
    }
    String rewrite = violation.rewrite();
    if (rewrite != null) {
      Printable.of(rewrite)
          .lines()
          .forEach(line -> text.append("    ").append(line).append('\n'));
    }
    text.append('\n');
  }

  private static void allowed(StringBuilder text, LintReport report) {
    report.violations().stream()
        .filter(Violation::isAllowed)
        .forEach(violation -> text.append("Allowed: ")
            .append(violation.rule())
            .append(" at ")
            .append(violation.position())
            .append(", because ")
            .append(Printable.line(String.valueOf(violation.allowed())))
            .append('\n'));
  }

  private static String closing(LintReport report) {
    return report.violations().isEmpty() ? "Nothing found." : counts(report) + ".";
  }

  private static String counts(LintReport report) {
    List<String> counts = new ArrayList<>();
    Arrays.stream(Severity.values()).sorted(Comparator.reverseOrder()).forEach(severity -> {
      long count = report.violations().stream()
          .filter(violation -> !violation.isAllowed() && violation.severity() == severity)
          .count();
      if (count > 0) {
        counts.add(count + " " + severity.word() + (count == 1 ? "" : "s"));
      }
    });
    long allowed = report.violations().stream().filter(Violation::isAllowed).count();
    if (allowed > 0) {
      counts.add(allowed + " allowed");
    }
    return counts.stream().collect(Collectors.joining(", "));
  }

  /** Words in lines, the first behind a title, the others as far in. */
  private static void wrap(StringBuilder text, String title, String words) {
    StringBuilder line = new StringBuilder(title);
    int indent = title.length();
    for (String word : Printable.line(words).split(" ")) {
      if (line.length() > indent && line.length() + word.length() >= WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(" ".repeat(indent));
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
