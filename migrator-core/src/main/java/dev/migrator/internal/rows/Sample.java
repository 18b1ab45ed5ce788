package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Redaction;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of every table of a database, to be put into a copy of its schema, table by table. The database is not changed, and
 * nobody in it waits long.
 *
 * @param session in the database, in autocommit
 * @param except the tables that are left out
 * @param rows how many rows of each table, at most; 0 for none
 * @param guard stops it
 */
public record Sample(Session session, Set<TableName> except, int rows, Guard guard) {

  /** Stops what takes too long, or what somebody cancels. */
  public interface Guard {

    /** Does what a server may take long over. */
    void over(Session session, Runnable work);

    /** Ends it, with an exception, when it is to stop. */
    void check();
  }

  private static final Command LIMITS = Command.of("""
      SELECT pg_catalog.set_config('lock_timeout', '1s', true), pg_catalog.set_config('statement_timeout', '1min', true)""");

  /** Access, state of an object, intervention: their messages name objects. Others may quote a value. */
  private static final Set<String> WITHOUT_VALUES = Set.of("42", "55", "57");

  /** Generated columns have no value of their own to copy. */
  private static final Command TABLES = Command.of("""
      SELECT n.nspname, c.relname, pg_catalog.quote_ident(a.attname)
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid
       WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
         AND c.relkind OPERATOR(pg_catalog.=) 'r'::"char"
         AND c.relpersistence OPERATOR(pg_catalog.<>) 't'::"char"
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                          WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
                            AND d.objid OPERATOR(pg_catalog.=) c.oid
                            AND d.deptype OPERATOR(pg_catalog.=) 'e'::"char")
         AND a.attnum OPERATOR(pg_catalog.>) 0::pg_catalog.int2
         AND NOT a.attisdropped
         AND a.attgenerated OPERATOR(pg_catalog.=) ''::"char"
       ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum""");

  /**
   * Rows of a table.
   *
   * @param data as COPY reads them
   * @param count how many
   */
  private record Lines(String data, int count) {}

  /** The columns of every table, quoted, by its name. */
  private Map<String, List<String>> tables() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    try {
      read(TABLES, row -> {
        TableName table = new TableName(row.text(1), row.text(2));
        if (!except.contains(table)) {
          columns.computeIfAbsent(table.quoted(), name -> new ArrayList<>()).add(row.text(3));
        }
      });
    } catch (CommandFailedException e) {
      throw Session.unanswered("looking for the tables of a sample", e);
    }
    return columns;
  }

  private Lines lines(String table, List<String> columns) {
    String sql = "SELECT "
        + columns.stream()
            .map(column -> column + "::pg_catalog.text")
            .collect(Collectors.joining(", "))
        + " FROM ONLY " + table + " LIMIT " + rows;
    StringBuilder data = new StringBuilder();
    int[] count = {0};
    read(Command.of(sql), row -> {
      for (int i = 1; i <= columns.size(); i++) {
        data.append(i == 1 ? "" : "\t").append(copied(row.textOrNull(i)));
      }
      data.append('\n');
      count[0]++;
    });
    return new Lines(data.toString(), count[0]);
  }

  /** Reads in a transaction of its own, with time-outs. */
  private void read(Command query, Consumer<Row> taker) {
    List<Command> commands =
        List.of(Command.of("BEGIN READ ONLY"), LIMITS, query, Command.of("COMMIT"));
    try {
      guard.over(
          session,
          () -> session.queries(commands, (index, row) -> {
            if (index == 2) {
              taker.accept(row);
            }
          }));
    } catch (CommandFailedException e) {
      if (!e.error().isConnectionLoss()) {
        session.rollbackAfter(e);
      }
      guard.check();
      throw e;
    }
  }

  /** A value in the text format of COPY (PostgreSQL manual, COPY). */
  private static String copied(@Nullable String value) {
    return value == null
        ? "\\N"
        : value
            .replace("\\", "\\\\")
            .replace("\t", "\\t")
            .replace("\n", "\\n")
            .replace("\r", "\\r");
  }

  /**
   * Puts the rows into a copy of the schema.
   *
   * @param copy in it, in autocommit
   * @return which tables have none, and what the rows do not prove, each in a sentence
   */
  public List<String> into(Session copy) {
    List<String> notes = new ArrayList<>();
    int filled = 0;
    int count = 0;
    boolean unchecked = withoutTriggers(copy);
    for (Map.Entry<String, List<String>> table : tables().entrySet()) {
      guard.check();
      try {
        int moved = move(table.getKey(), table.getValue(), copy);
        filled += moved > 0 ? 1 : 0;
        count += moved;
      } catch (CommandFailedException e) {
        notes.add("No sample of " + table.getKey() + ": " + problem(table.getKey(), e) + ".");
      }
    }
    notes.add("The copy had a sample of " + count + " rows in " + filled + " tables"
        + (unchecked
            ? ", put in without checking foreign keys: a row may refer to one that the sample left out."
            : "."));
    return notes;
  }

  private static String problem(String table, CommandFailedException failure) {
    ServerError error = failure.error();
    if (error.isConnectionLoss()) {
      throw Session.unanswered("taking a sample of " + table, failure);
    }
    String state = String.valueOf(error.sqlState());
    return WITHOUT_VALUES.contains(state.substring(0, 2))
        ? Redaction.redact(error.message())
        : "the copy does not take its rows (SQLSTATE " + state + ")";
  }

  /** Foreign keys and triggers are passed over where the role may do so. */
  private static boolean withoutTriggers(Session session) {
    try {
      session.stepwise(List.of(Command.of("SET session_replication_role = replica")));
      return true;
    } catch (CommandFailedException e) {
      return false;
    }
  }

  private int move(String table, List<String> columns, Session copy) {
    Lines lines = lines(table, columns);
    if (lines.count() > 0) {
      copy.stepwise(List.of(Command.copy(
          "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN",
          () -> new ByteArrayInputStream(lines.data().getBytes(StandardCharsets.UTF_8)))));
    }
    return lines.count();
  }
}
