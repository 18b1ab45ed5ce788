package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Identifiers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What every script begins with, whatever the session had.
 *
 * @param searchPath the schemas of {@code search_path}; empty for the session's own
 * @param timeZone the {@code TimeZone}
 * @param lockTimeout the {@code lock_timeout} within a transaction; zero for the session's own
 * @param statementTimeout the {@code statement_timeout} within a transaction; zero for the session's own
 */
public record ScriptSettings(
    List<String> searchPath, String timeZone, Duration lockTimeout, Duration statementTimeout) {

  /**
   * SQL for the milliseconds since {@link #inTransaction}. A script that resets all settings loses that mark; its
   * transaction's start is next best.
   */
  public static final String MILLISECONDS_SINCE = """
      ((extract(epoch FROM pg_catalog.clock_timestamp())
        - coalesce(nullif(pg_catalog.current_setting('migrator.began', true), '')::numeric,
                   extract(epoch FROM pg_catalog.transaction_timestamp()))) * 1000)::bigint""";

  /** How long what is done after a failure may wait for others. */
  public static final Command PATIENCE =
      Command.of("SELECT pg_catalog.set_config('statement_timeout', '10s', false)");

  /** How long our own records may wait for others, until the transaction ends. */
  public static final Command PATIENT_RECORDS =
      Command.of("SELECT pg_catalog.set_config('lock_timeout', '10s', true)");

  /** Several migrations may share one transaction, so its start does not tell when this one began. */
  private static final String BEGAN =
      "pg_catalog.set_config('migrator.began', extract(epoch FROM pg_catalog.clock_timestamp())::text, true)";

  /** Strings are read as the splitter reads them, even where the database or the role has another default. */
  private static final String SETTINGS = "pg_catalog.set_config('TimeZone', $1, %1$s),"
      + " pg_catalog.set_config('search_path', $2, %1$s), pg_catalog.set_config('role', $3, %1$s),"
      + " pg_catalog.set_config('standard_conforming_strings', 'on', %1$s)";

  /**
   * Sets them until the transaction ends, and marks its beginning.
   *
   * @param clean the state that every script begins with
   */
  public Command inTransaction(SessionState clean) {
    return command(
        "SELECT " + BEGAN + ", " + SETTINGS.formatted("true") + limit("lock_timeout", lockTimeout)
            + limit("statement_timeout", statementTimeout),
        clean);
  }

  /**
   * Sets them for the session. The time-outs go: one that cuts CREATE INDEX CONCURRENTLY leaves an invalid index, and the
   * next attempt starts from nothing. Other statements have theirs {@linkplain #begin around them}.
   *
   * @param clean the state that every script begins with
   */
  public Command inSession(SessionState clean) {
    return command(
        "SELECT " + SETTINGS.formatted("false")
            + ", pg_catalog.set_config('lock_timeout', '0', false), pg_catalog.set_config('statement_timeout', '0', false)",
        clean);
  }

  /** Sets the time-outs of a transaction, until it ends; none where they are the session's own. */
  public List<Command> limits() {
    return timeouts(
        lockTimeout.isZero() ? null : lockTimeout,
        statementTimeout.isZero() ? null : statementTimeout);
  }

  /**
   * Sets what a script asks for by itself, until the transaction ends.
   *
   * @param lockTimeout its {@code lock_timeout}; {@code null} to leave it
   * @param statementTimeout its {@code statement_timeout}; {@code null} to leave it
   * @return a command, or none when there is nothing to set
   */
  public static List<Command> timeouts(
      @Nullable Duration lockTimeout, @Nullable Duration statementTimeout) {
    List<Command> commands = new ArrayList<>();
    add(commands, "lock_timeout", lockTimeout);
    add(commands, "statement_timeout", statementTimeout);
    return commands;
  }

  /** Sets a time-out for the session, where it has none. */
  public static Command begin(String timeout, Duration time) {
    return Command.of(
        "SELECT pg_catalog.set_config('" + timeout + "', $1, false)"
            + " WHERE pg_catalog.current_setting('" + timeout + "') OPERATOR(pg_catalog.=) '0'",
        Long.toString(time.toMillis()));
  }

  /** Takes it away again, unless it was set to something else meanwhile. */
  public static Command end(String timeout, Duration time) {
    return Command.of(
        "SELECT pg_catalog.set_config('" + timeout + "', '0', false) FROM pg_catalog.pg_settings"
            + " WHERE name OPERATOR(pg_catalog.=) '" + timeout
            + "' AND setting OPERATOR(pg_catalog.=) $1",
        Long.toString(time.toMillis()));
  }

  private static void add(List<Command> commands, String name, @Nullable Duration time) {
    if (time != null) {
      commands.add(Command.of(
          "SELECT pg_catalog.set_config('" + name + "', $1, true)",
          Long.toString(time.toMillis())));
    }
  }

  private static String limit(String name, Duration time) {
    return time.isZero()
        ? ""
        : ", pg_catalog.set_config('" + name + "', '" + time.toMillis() + "', true)";
  }

  private Command command(String sql, SessionState clean) {
    String path = searchPath.isEmpty()
        ? clean.searchPath()
        : searchPath.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    return Command.of(sql, timeZone, path, clean.role());
  }
}
