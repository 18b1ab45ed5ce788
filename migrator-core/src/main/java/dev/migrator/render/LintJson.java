package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.report.LintReport;
import dev.migrator.report.LintRule;
import dev.migrator.report.Severity;
import dev.migrator.report.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the lint found, as machines read it: by the rules of {@link JsonReport}. */
public final class LintJson {

  private LintJson() {}

  /** The document, whose {@code type} is {@code lint}. */
  public static String of(LintReport report) {
    return JsonText.document("lint", json -> content(json, report));
  }

  /** The rules; the {@code type} is {@code rules}. */
  public static String of(List<LintRule> rules) {
    return JsonText.document("rules", json -> json.objects("rules", rules, LintJson::rule));
  }

  static void content(JsonText json, LintReport report) {
    json.put("errors", count(report, Severity.ERROR))
        .put("warnings", count(report, Severity.WARNING))
        .put("notices", count(report, Severity.NOTE))
        .objects("violations", report.violations(), LintJson::violation)
        .strings("notes", report.notes().stream().map(Redaction::redact).toList());
  }

  private static int count(LintReport report, Severity severity) {
    return (int) report.violations().stream()
        .filter(violation -> !violation.isAllowed() && violation.severity() == severity)
        .count();
  }

  private static void violation(JsonText json, Violation violation) {
    json.put("rule", violation.rule()).put("severity", violation.severity().word());
    JsonReport.identity(json, violation.migration());
    json.put("file", violation.position().script())
        .put("line", violation.position().line())
        .put("column", violation.position().column())
        .put("statement", redacted(violation.statement()))
        .put("excerpt", redacted(violation.excerpt()))
        .put("message", redacted(violation.message()))
        .put("effect", violation.effect())
        .put("remedy", violation.remedy())
        .put("rewrite", redacted(violation.rewrite()))
        .put("allowed", redacted(violation.allowed()));
  }

  private static void rule(JsonText json, LintRule rule) {
    json.put("id", rule.id())
        .put("topic", rule.topic())
        .put("severity", rule.severity().word())
        .put("on", rule.on())
        .put("destructive", rule.destructive())
        .put("condition", rule.condition())
        .put("effect", rule.effect())
        .put("remedy", rule.remedy());
  }

  private static @Nullable String redacted(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Redaction.redact(text);
  }
}
