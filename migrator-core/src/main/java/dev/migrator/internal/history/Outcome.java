package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a migration was applied, by whom, and how long it took: for reports; nothing is decided by it.
 *
 * @param appliedAt by the server's clock; {@code null} for one that was not applied
 * @param executionTimeMs in milliseconds; {@code null} for one that was not applied
 * @param appliedBy {@code null} when nobody has applied it yet
 */
public record Outcome(
    @Nullable Instant appliedAt,
    @Nullable Long executionTimeMs,
    @Nullable String appliedBy) {

  /** Of a migration that nobody tried. */
  public static final Outcome NONE = new Outcome(null, null, null);

  static final String READ = """
      SELECT version, (extract(epoch FROM applied_at) * 1000000)::bigint, execution_time_ms, applied_by
        FROM %{migrations}
       WHERE status <> 'pending'
      """;

  static Outcome of(Row row) {
    String micros = row.textOrNull(2);
    String millis = row.textOrNull(3);
    return new Outcome(
        micros == null ? null : instant(Long.parseLong(micros)),
        millis == null ? null : Long.valueOf(millis),
        row.textOrNull(4));
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }
}
