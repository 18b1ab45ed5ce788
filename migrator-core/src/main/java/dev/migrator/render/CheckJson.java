package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.report.CheckReport;
import dev.migrator.report.CheckResult;
import java.util.Locale;

/** The checks before or after a run, as machines read them: by the rules of {@link JsonReport}. */
public final class CheckJson {

  private CheckJson() {}

  /** The document, whose {@code type} is {@code preflight} or {@code postflight}. */
  public static String of(CheckReport report) {
    return JsonText.document(lower(report.phase()), json -> content(json, report));
  }

  static void content(JsonText json, CheckReport report) {
    json.put("passed", report.failed().isEmpty())
        .put("forced", report.forced())
        .put("durationMs", report.duration().toMillis())
        .objects("checks", report.results(), CheckJson::result);
  }

  private static void result(JsonText json, CheckResult result) {
    json.put("id", result.id())
        .put("question", result.question())
        .put("outcome", lower(result.outcome()))
        .put("answer", SafeText.of(result.answer()))
        .strings("findings", result.findings().stream().map(SafeText::of).toList())
        .put("advice", result.advice().isEmpty() ? null : SafeText.of(result.advice()));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
