package dev.migrator.render;

import dev.migrator.internal.text.Redaction;
import dev.migrator.report.ScriptDirective;
import dev.migrator.report.ScriptReport;
import dev.migrator.report.ScriptSection;
import dev.migrator.report.ScriptStatement;
import dev.migrator.report.ScriptStatement.CopiedRows;
import java.util.List;
import java.util.stream.Collectors;

/** How a script is read, as a person reads it on a console. */
public final class ScriptText {

  /** As much of a statement as a line of the table shows. */
  private static final int SHOWN = 60;

  /** How much of the statements is shown. */
  public enum Detail {
    /** The beginning of each. */
    FIRST_LINES,
    /** All of each, below the table. */
    WHOLE_TEXTS
  }

  private ScriptText() {}

  /** A table of statements for each section, and below it what there is to say about them. */
  public static String of(ScriptReport report, Detail detail) {
    return report.sections().stream()
        .map(section -> section(report.file(), section, detail))
        .collect(Collectors.joining("\n"));
  }

  private static String section(String file, ScriptSection section, Detail detail) {
    StringBuilder text = new StringBuilder(head(file, section)).append('\n');
    for (ScriptDirective directive : section.directives()) {
      text.append("  Directive at ")
          .append(directive.line() + ":" + directive.column())
          .append(": ")
          .append(directive.words())
          .append('\n');
    }
    List<ScriptStatement> statements = section.statements();
    if (!statements.isEmpty()) {
      text.append(table(statements));
      statements.forEach(statement -> remarks(text, statement));
    }
    if (!section.refusal().isEmpty()) {
      text.append(Redaction.redact(section.refusal())).append('\n');
    }
    if (detail == Detail.WHOLE_TEXTS) {
      for (ScriptStatement statement : statements) {
        text.append("\n-- ")
            .append(statement.number())
            .append(" at ")
            .append(statement.line() + ":" + statement.column())
            .append('\n')
            .append(Redaction.redact(statement.text()))
            .append(";\n");
      }
    }
    return text.toString();
  }

  private static String head(String file, ScriptSection section) {
    String part = switch (section.part()) {
      case WHOLE -> "";
      case UP -> ", up section from line " + section.line();
      case DOWN -> ", down section from line " + section.line();
    };
    int count = section.statements().size();
    return file + part + ": " + count + (count == 1 ? " statement" : " statements")
        + (section.refusal().isEmpty() ? runs(section) : "; refused.");
  }

  private static String runs(ScriptSection section) {
    return section.transactional()
        ? " in one transaction."
        : " without a transaction: " + section.reason() + ".";
  }

  private static String table(List<ScriptStatement> statements) {
    TextTable table =
        new TextTable("No.", "Begins", "Ends", "Kind", "Command", "Transaction", "Statement");
    for (ScriptStatement statement : statements) {
      table.row(
          Integer.toString(statement.number()),
          statement.line() + ":" + statement.column(),
          statement.endLine() + ":" + statement.endColumn(),
          statement.kind(),
          statement.command(),
          words(statement.transaction()),
          beginning(Redaction.redact(statement.text())));
    }
    return table.text();
  }

  private static String words(ScriptStatement.Transaction transaction) {
    return switch (transaction) {
      case POSSIBLE -> "yes";
      case IMPOSSIBLE -> "no";
      case NECESSARY -> "needed";
      case DEPENDS -> "depends";
      case UNKNOWN -> "unknown";
    };
  }

  private static String beginning(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    boolean cut = line.codePointCount(0, line.length()) > SHOWN;
    String shown = cut ? line.substring(0, line.offsetByCodePoints(0, SHOWN)).strip() : line;
    return cut || text.strip().length() > line.length() ? shown + " ..." : shown;
  }

  private static void remarks(StringBuilder text, ScriptStatement statement) {
    CopiedRows rows = statement.copied();
    if (rows != null) {
      remark(
          text,
          statement,
          rows.lines() + (rows.lines() == 1 ? " line" : " lines") + " of data from line "
              + rows.line() + ", " + rows.bytes() + " bytes");
    }
    if (!statement.reason().isEmpty()) {
      remark(text, statement, statement.reason());
    }
    if (!statement.refusal().isEmpty()) {
      remark(text, statement, "it " + statement.refusal());
    }
  }

  private static void remark(StringBuilder text, ScriptStatement statement, String words) {
    text.append("  ").append(statement.number()).append(": ").append(words).append(".\n");
  }
}
