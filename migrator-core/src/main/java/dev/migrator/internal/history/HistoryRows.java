package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.report.HistoryEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the rows of the history. */
final class HistoryRows {

  /** Names the columns of format 1.0, so that a later minor version's are read too. */
  private static final String READ = """
      SELECT h.sequence, h.version, h.name, h.action, h.status = 'success',
             (extract(epoch FROM h.executed_at) * 1000000)::bigint, h.execution_time_ms, h.executed_by, h.environment,
             h.run_id::text, h.error_message, h.details::text
        FROM %{history} h, (SELECT $1::text AS version, $2::text AS key) asked
       WHERE asked.version IS NULL OR h.version = asked.version OR h.version_key = asked.key
       ORDER BY h.sequence DESC
       LIMIT $3::bigint
      """;

  private HistoryRows() {}

  static Command latest(
      TrackingNames names, long limit, @Nullable String version, @Nullable String key) {
    return Command.of(names.fill(READ), version, key, Long.toString(limit));
  }

  static HistoryEntry entry(Row row) {
    String millis = row.textOrNull(7);
    String run = row.textOrNull(10);
    return new HistoryEntry(
        row.number(1),
        row.textOrNull(2),
        row.textOrNull(3),
        row.text(4),
        row.flag(5),
        instant(row.number(6)),
        millis == null ? null : Duration.ofMillis(Long.parseLong(millis)),
        row.textOrNull(8),
        row.textOrNull(9),
        run == null ? null : UUID.fromString(run),
        row.textOrNull(11),
        row.textOrNull(12));
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
