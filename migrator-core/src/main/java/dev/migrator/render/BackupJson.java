package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.report.BackupReport;
import dev.migrator.report.RestoreReport;
import java.util.Locale;

/** Backups, and what was brought back, as machines read of them: by the rules of {@link JsonReport}. */
public final class BackupJson {

  private BackupJson() {}

  /** The document, whose {@code type} is {@code backup}. */
  public static String of(BackupReport report) {
    return JsonText.document("backup", json -> content(json, report));
  }

  static void content(JsonText json, BackupReport report) {
    json.put("file", report.file().toString())
        .put("format", report.format().name().toLowerCase(Locale.ROOT))
        .put("size", Long.valueOf(report.size()))
        .put("sha256", report.checksum())
        .put("takenAt", report.takenAt().toString())
        .put("lsn", report.lsn())
        .put("restorePoint", report.restorePoint())
        .strings("restore", report.restore().stream().map(Redaction::redact).toList())
        .put("durationMs", report.duration().toMillis());
  }

  /** The document, whose {@code type} is {@code restore}. */
  public static String of(RestoreReport report) {
    return JsonText.document(
        "restore",
        json -> json.put("file", report.file().toString())
            .put("format", report.format().name().toLowerCase(Locale.ROOT))
            .put("sha256", report.checksum())
            .put("database", report.database())
            .put("replaced", report.replaced())
            .put("durationMs", report.duration().toMillis()));
  }
}
