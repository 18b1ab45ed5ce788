package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.FailureCode;
import dev.migrator.report.Complexity;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifiedMigration.StatementTime;
import dev.migrator.report.VerifyReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a verification found out, as machines read it: by the rules of {@link JsonReport}. */
public final class VerifyJson {

  private VerifyJson() {}

  /** The document, whose {@code type} is {@code verification}. */
  public static String of(VerifyReport report) {
    FailureCode failure = report.failure().orElse(null);
    return JsonText.document(
        "verification",
        json -> json.put("passed", report.passed())
            .put("code", failure == null ? null : failure.name())
            .put("exitCode", failure == null ? 0 : failure.exitCode())
            .put("server", Redaction.redact(report.server()))
            .put("durationMs", report.duration().toMillis())
            .objects("migrations", report.migrations(), VerifyJson::migration)
            .objects("checks", report.checks(), VerifyJson::check)
            .strings("notes", redacted(report.notes())));
  }

  private static void migration(JsonText json, VerifiedMigration migration) {
    JsonReport.identity(json, migration.migration());
    json.put("verdict", migration.verdict().name().toLowerCase(Locale.ROOT))
        .put("passed", migration.passed())
        .put("why", text(migration.why()))
        .put("rows", migration.data().name().toLowerCase(Locale.ROOT))
        .strings("rowFindings", redacted(migration.dataFindings()))
        .put("upMs", millis(migration.up()))
        .put("downMs", millis(migration.down()))
        .put("againMs", millis(migration.again()))
        .object("complexity", migration.complexity(), VerifyJson::complexity)
        .objects("slowest", migration.slowest(), VerifyJson::statement)
        .object("afterDown", migration.afterDown(), SchemaDiffJson::content)
        .object("afterAgain", migration.afterAgain(), SchemaDiffJson::content);
  }

  private static void complexity(JsonText json, Complexity complexity) {
    json.put("statements", complexity.statements())
        .strings("tables", complexity.tables())
        .put("strongestLock", text(complexity.strongestLock()))
        .strings("rewrites", complexity.rewrites());
  }

  private static void statement(JsonText json, StatementTime statement) {
    json.put("line", statement.line())
        .put("statement", Redaction.redact(statement.words()))
        .put("durationMs", statement.took().toMillis());
  }

  private static void check(JsonText json, VerifyReport.Check check) {
    json.put("name", check.name())
        .put("result", check.result().name().toLowerCase(Locale.ROOT))
        .put("why", text(check.why()))
        .put("durationMs", millis(check.took()));
  }

  /** Nothing runs in no time at all: zero is what did not run. */
  private static @Nullable Long millis(Duration duration) {
    return duration.isZero() ? null : Long.valueOf(duration.toMillis());
  }

  private static @Nullable String text(String text) {
    return text.isEmpty() ? null : Redaction.redact(text);
  }

  private static List<String> redacted(List<String> lines) {
    return lines.stream().map(Redaction::redact).toList();
  }
}
