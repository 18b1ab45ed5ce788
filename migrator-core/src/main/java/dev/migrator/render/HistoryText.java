package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.report.HistoryEntry;
import dev.migrator.report.HistoryReport;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The audit history, for a person and for a machine. */
public final class HistoryText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HistoryText() {}

  /** A table, newest first, and beneath it why what failed did. */
  public static String of(HistoryReport report) {
    StringBuilder text = new StringBuilder();
    if (!report.entries().isEmpty()) {
      TextTable table = new TextTable(
          "At (UTC)", "Action", "Version", "Name", "Result", "Duration", "By", "Environment");
      for (HistoryEntry entry : report.entries()) {
        Duration took = entry.duration();
        table.row(
            TIME.format(entry.executedAt()),
            entry.action(),
            orEmpty(entry.version()),
            orEmpty(entry.name()),
            entry.successful() ? "done" : "failed",
            took == null ? "" : TextReport.duration(took),
            orEmpty(entry.executedBy()),
            orEmpty(entry.environment()));
      }
      text.append(table.text());
      for (HistoryEntry entry : report.entries()) {
        String error = entry.errorMessage();
        if (error != null) {
          text.append("  ")
              .append(TIME.format(entry.executedAt()))
              .append(' ')
              .append(entry.version() == null ? entry.action() : entry.version())
              .append(": ")
              .append(Printable.of(Redaction.redact(error)))
              .append('\n');
        }
      }
    }
    report.notes().forEach(note -> text.append("  Note: ").append(note).append('\n'));
    int count = report.entries().size();
    return text.append("Database ")
        .append(report.database())
        .append(", schema ")
        .append(report.schema())
        .append(": ")
        .append(count)
        .append(count == 1 ? " entry" : " entries")
        .append(report.complete() ? ".\n" : ", and older ones (--limit).\n")
        .toString();
  }

  /** The same as JSON. */
  public static String json(HistoryReport report) {
    return JsonText.document(
        "history",
        json -> json.put("database", report.database())
            .put("schema", report.schema())
            .put("complete", report.complete())
            .objects("entries", report.entries(), HistoryText::entry)
            .strings("notes", report.notes()));
  }

  private static void entry(JsonText json, HistoryEntry entry) {
    Duration took = entry.duration();
    json.put("sequence", Long.valueOf(entry.sequence()))
        .put("version", entry.version())
        .put("name", entry.name())
        .put("action", entry.action())
        .put("successful", entry.successful())
        .put("executedAt", entry.executedAt().toString())
        .put("durationMs", took == null ? null : Long.valueOf(took.toMillis()))
        .put("executedBy", entry.executedBy())
        .put("environment", entry.environment())
        .put("runId", entry.runId() == null ? null : entry.runId().toString())
        .put("errorMessage", redacted(entry.errorMessage()))
        .put("details", redacted(entry.details()));
  }

  private static @Nullable String redacted(@Nullable String text) {
    return text == null ? null : Redaction.redact(text);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
