package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Identifiers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What every script begins with, whatever the session had.
 *
 * @param searchPath the schemas of {@code search_path}; empty for the session's own
 * @param timeZone the {@code TimeZone}
 */
public record ScriptSettings(List<String> searchPath, String timeZone) {

  /**
   * SQL for the milliseconds since {@link #inTransaction()}. A script that resets all settings loses that mark; its
   * transaction's start is next best.
   */
  public static final String MILLISECONDS_SINCE = """
      ((extract(epoch FROM pg_catalog.clock_timestamp())
        - coalesce(nullif(pg_catalog.current_setting('migrator.began', true), '')::numeric,
                   extract(epoch FROM pg_catalog.transaction_timestamp()))) * 1000)::bigint""";

  /** Several migrations may share one transaction, so its start does not tell when this one began. */
  private static final String BEGAN =
      "SELECT pg_catalog.set_config('migrator.began', extract(epoch FROM pg_catalog.clock_timestamp())::text, true),";

  /** Sets them until the transaction ends, and marks its beginning. */
  public Command inTransaction() {
    return command(BEGAN, "true", "");
  }

  /**
   * Sets them for the session. The time-outs go: one that cuts CREATE INDEX CONCURRENTLY leaves an invalid index, and the
   * next attempt starts from nothing.
   */
  public Command inSession() {
    return command(
        "SELECT",
        "false",
        ", pg_catalog.set_config('lock_timeout', '0', false), pg_catalog.set_config('statement_timeout', '0', false)");
  }

  private Command command(String beginning, String local, String more) {
    String zone = beginning + " pg_catalog.set_config('TimeZone', $1, " + local + ")" + more;
    if (searchPath.isEmpty()) {
      return Command.of(zone, timeZone);
    }
    String path = searchPath.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    return Command.of(
        zone + ", pg_catalog.set_config('search_path', $2, " + local + ")", timeZone, path);
  }
}
