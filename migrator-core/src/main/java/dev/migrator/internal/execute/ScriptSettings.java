package dev.migrator.internal.execute;

import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.Command;
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

  /** Sets them until the transaction ends, and marks its beginning. */
  Command inTransaction() {
    return command(Records.BEGAN + ",", "true", "");
  }

  /**
   * Sets them for the session. The time-outs go: one that cuts CREATE INDEX CONCURRENTLY leaves an invalid index, and the
   * next attempt starts from nothing.
   */
  Command inSession() {
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
