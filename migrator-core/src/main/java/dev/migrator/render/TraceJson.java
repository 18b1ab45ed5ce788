package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.FailureCode;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedLock;
import dev.migrator.report.TracedMigration;
import dev.migrator.report.TracedRelation;
import dev.migrator.report.TracedScan;
import dev.migrator.report.TracedStatement;
import java.util.List;
import java.util.Locale;

/** What migrations did on a throw-away database, as machines read it: by the rules of {@link JsonReport}. */
public final class TraceJson {

  private TraceJson() {}

  /** The document, whose {@code type} is {@code trace}. */
  public static String of(TraceReport report) {
    return JsonText.document("trace", json -> content(json, report));
  }

  static void content(JsonText json, TraceReport report) {
    FailureCode failure = report.failure().orElse(null);
    json.put("code", failure == null ? null : failure.name())
        .put("exitCode", failure == null ? 0 : failure.exitCode())
        .put("server", Redaction.redact(report.server()))
        .put("state", report.state())
        .put("durationMs", report.duration().toMillis())
        .objects("migrations", report.migrations(), TraceJson::migration)
        .strings("notes", redacted(report.notes()));
  }

  private static void migration(JsonText json, TracedMigration migration) {
    TracedMigration.Failure failure = migration.failure();
    JsonReport.identity(json, migration.migration());
    json.put("action", migration.action().stored())
        .put("transactional", migration.transactional())
        .put("untraced", migration.untraced().isEmpty() ? null : migration.untraced())
        .put("durationMs", migration.duration().toMillis())
        .objects("statements", migration.statements(), TraceJson::statement)
        .objects("locks", migration.locks(), TraceJson::lock)
        .strings("notes", redacted(migration.notes()))
        .put("code", failure == null ? null : failure.code().name())
        .put("message", failure == null ? null : Redaction.redact(failure.message()));
  }

  private static void statement(JsonText json, TracedStatement statement) {
    json.put("line", statement.position().line())
        .put("column", statement.position().column())
        .put("statement", Redaction.redact(statement.beginning()))
        .put("manner", lower(statement.manner()))
        .put("durationMs", statement.duration().toMillis())
        .objects("locks", statement.locks(), TraceJson::lock)
        .objects("rewritten", statement.rewritten(), TraceJson::relation)
        .objects("scans", statement.scans(), TraceJson::scan)
        .objects("created", statement.created(), TraceJson::relation)
        .objects("dropped", statement.dropped(), TraceJson::relation)
        .objects("invalid", statement.invalid(), TraceJson::relation)
        .put("unseen", statement.unseen().isEmpty() ? null : statement.unseen());
  }

  private static void lock(JsonText json, TracedLock lock) {
    relation(json, lock.relation());
    json.put("mode", lower(lock.mode()));
  }

  private static void scan(JsonText json, TracedScan scan) {
    relation(json, scan.table());
    json.put("rows", scan.rows());
  }

  private static void relation(JsonText json, TracedRelation relation) {
    json.put("relation", relation.name()).put("kind", lower(relation.kind()));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> redacted(List<String> lines) {
    return lines.stream().map(Redaction::redact).toList();
  }
}
