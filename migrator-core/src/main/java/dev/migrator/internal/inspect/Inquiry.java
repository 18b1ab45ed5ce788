package dev.migrator.internal.inspect;

import dev.migrator.internal.inspect.Circumstances.Tables;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way in which checks ask: every query in a read-only transaction of its own, of one statement's length, with time-outs.
 * No snapshot outlives its query, and nobody waits long for a lock.
 */
final class Inquiry {

  /**
   * A relation that is named stands for its table, with all its partitions and children: locks reach them too. System
   * schemas are found only where they are named.
   */
  private static final String RESOLVE = """
      WITH RECURSIVE named (oid) AS (
          SELECT coalesce(i.indrelid, c.oid)
            FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) AS wanted (schema, name)
            JOIN pg_catalog.pg_class c ON c.relname = wanted.name
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
           WHERE n.nspname = wanted.schema
              OR wanted.schema = ''
                 AND n.nspname = ANY (coalesce(nullif($3::text[], '{}'), pg_catalog.current_schemas(false)::text[]))
      ), family (oid) AS (
          SELECT oid FROM named
          UNION
          SELECT h.inhrelid FROM pg_catalog.pg_inherits h JOIN family f ON f.oid = h.inhparent
      )
      SELECT coalesce(pg_catalog.array_agg(oid), '{}')::text FROM family
      """;

  private static final Command BEGIN = Command.of("BEGIN READ ONLY");
  private static final Command COMMIT = Command.of("COMMIT");

  /** Compiling a query takes longer than these take. */
  private static final String SETTINGS = """
      SELECT pg_catalog.set_config('statement_timeout', $1, true), pg_catalog.set_config('lock_timeout', $2, true),
             pg_catalog.set_config('jit', 'off', true)
      """;

  private static final String SEARCH_PATH = "SELECT pg_catalog.set_config('search_path', $1, true)";

  /** What is locked now need not be locked at the next query: to wait longer is no use. */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

  private final Session session;
  private final Circumstances circumstances;
  private final Duration timeout;
  private @Nullable String touched;
  private boolean resolved;

  Inquiry(Session session, Circumstances circumstances, Duration timeout) {
    this.session = session;
    this.circumstances = circumstances;
    this.timeout = timeout;
  }

  Circumstances circumstances() {
    return circumstances;
  }

  Duration timeout() {
    return timeout;
  }

  /**
   * The rows of a query.
   *
   * @throws CommandFailedException when the server does not answer; no transaction is open then
   */
  List<KeptRow> rows(String sql, @Nullable String... parameters) {
    return rows(List.of(), Command.of(sql, parameters));
  }

  /** The rows of the last of several commands, which share a transaction; names are found as scripts find them. */
  List<KeptRow> rowsAsScripts(List<Command> before, Command last) {
    List<Command> first = new ArrayList<>();
    if (!circumstances.searchPath().isEmpty()) {
      first.add(Command.of(
          SEARCH_PATH,
          circumstances.searchPath().stream()
              .map(Identifiers::quote)
              .collect(Collectors.joining(", "))));
    }
    first.addAll(before);
    return rows(first, last);
  }

  private List<KeptRow> rows(List<Command> before, Command last) {
    List<Command> commands = new ArrayList<>();
    commands.add(BEGIN);
    commands.add(Command.of(
        SETTINGS,
        Long.toString(timeout.toMillis()),
        Long.toString(Math.min(timeout.toMillis(), LOCK_TIMEOUT.toMillis()))));
    commands.addAll(before);
    int asked = commands.size();
    commands.add(last);
    commands.add(COMMIT);
    List<KeptRow> rows = new ArrayList<>();
    try {
      session.queries(commands, (query, row) -> {
        if (query == asked) {
          rows.add(KeptRow.of(row));
        }
      });
    } catch (CommandFailedException e) {
      if (!e.error().isConnectionLoss()) {
        session.rollbackAfter(e);
      }
      throw e;
    }
    return rows;
  }

  /** The oids of the tables that matter, as an array; {@code null} for all of them. */
  @Nullable
  String touched() {
    if (!resolved) {
      touched = circumstances.tables() instanceof Tables.Named named ? resolve(named) : null;
      resolved = true;
    }
    return touched;
  }

  private String resolve(Tables.Named named) {
    if (named.names().isEmpty()) {
      return "{}";
    }
    List<String> schemas = new ArrayList<>();
    List<String> names = new ArrayList<>();
    named.names().forEach(name -> {
      schemas.add(name.get(0));
      names.add(name.get(1));
    });
    return rows(
            RESOLVE,
            Identifiers.array(schemas),
            Identifiers.array(names),
            Identifiers.array(circumstances.searchPath()))
        .get(0)
        .text(1);
  }
}
