package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.report.ScriptDirective;
import dev.migrator.report.ScriptReport;
import dev.migrator.report.ScriptSection;
import dev.migrator.report.ScriptStatement;
import dev.migrator.report.ScriptStatement.CopiedRows;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a script is read, as machines read it: by the rules of {@link JsonReport}. */
public final class ScriptJson {

  private ScriptJson() {}

  /** The document, whose {@code type} is {@code statements}. */
  public static String of(ScriptReport report) {
    return JsonText.document(
        "statements",
        json -> json.put("file", report.file())
            .put("refused", report.isRefused())
            .objects("sections", report.sections(), ScriptJson::section));
  }

  private static void section(JsonText json, ScriptSection section) {
    json.put("section", lower(section.part()))
        .put("line", section.line())
        .put("transactional", section.transactional())
        .put("reason", absentWhenEmpty(section.reason()))
        .objects("directives", section.directives(), ScriptJson::directive)
        .objects("statements", section.statements(), ScriptJson::statement)
        .put("refusal", absentWhenEmpty(Redaction.redact(section.refusal())));
  }

  private static void directive(JsonText json, ScriptDirective directive) {
    json.put("words", directive.words())
        .put("line", directive.line())
        .put("column", directive.column());
  }

  private static void statement(JsonText json, ScriptStatement statement) {
    CopiedRows rows = statement.copied();
    json.put("number", statement.number())
        .put("line", statement.line())
        .put("column", statement.column())
        .put("endLine", statement.endLine())
        .put("endColumn", statement.endColumn())
        .put("kind", statement.kind().toLowerCase(Locale.ROOT))
        .put("command", absentWhenEmpty(statement.command()))
        .put("transaction", lower(statement.transaction()))
        .put("reason", absentWhenEmpty(statement.reason()))
        .put("copyLine", rows == null ? null : Long.valueOf(rows.line()))
        .put("copyLines", rows == null ? null : Long.valueOf(rows.lines()))
        .put("copyBytes", rows == null ? null : Long.valueOf(rows.bytes()))
        .put("refusal", absentWhenEmpty(statement.refusal()))
        .put("text", Redaction.redact(statement.text()));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String absentWhenEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
