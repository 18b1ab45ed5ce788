package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of an in-house tool as it stands in the database, held against the format.
 *
 * @param name its name, quoted, with its schema
 * @param kind the server's letter for what it is: {@code r} for a table
 * @param columns by name, in order
 */
record InHouseTable(String name, String kind, Map<String, Column> columns) {

  private static final String COLUMNS = """
      SELECT c.relkind::text, a.attname, pg_catalog.format_type(a.atttypid, NULL), a.atttypmod >= 0, a.attnotnull,
             a.atthasdef OR a.attidentity <> ''
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.oid = pg_catalog.to_regclass($1::text)
       ORDER BY a.attnum
      """;

  /** The types in which a column of the format may be found, as {@code format_type} writes them. */
  private static final Map<String, Set<String>> FITTING = Map.of(
      "text", Set.of("text", "character varying"),
      "timestamptz", Set.of("timestamp with time zone"),
      "bigint", Set.of("bigint", "integer", "smallint"),
      "boolean", Set.of("boolean"),
      "uuid", Set.of("uuid"),
      "jsonb", Set.of("jsonb"),
      "bytea", Set.of("bytea"));

  /**
   * A column.
   *
   * @param type as {@code format_type} writes it, without length
   * @param limited whether it has a length
   * @param required whether it is NOT NULL
   * @param filled whether it has a default, is an identity or is generated
   */
  record Column(String type, boolean limited, boolean required, boolean filled) {

    private static Column of(Row row) {
      return new Column(row.text(3), row.flag(4), row.flag(5), row.flag(6));
    }
  }

  /**
   * Looks at a table.
   *
   * @param name its name, quoted, with its schema
   * @return {@code null} when there is none
   */
  static @Nullable InHouseTable read(Session session, String name) throws CommandFailedException {
    Map<String, Column> columns = new LinkedHashMap<>();
    List<String> kinds = session.query(Command.of(COLUMNS, name), row -> {
      columns.put(row.text(2), Column.of(row));
      return row.text(1);
    });
    return kinds.isEmpty() ? null : new InHouseTable(name, kinds.get(0), columns);
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** What stands in the way of using it, each with what to do; empty when nothing does. */
  List<String> problems(TableFormat format, Set<String> needed) {
    List<String> problems = new ArrayList<>();
    if (!kind.equals("r")) {
      problems.add(name + " is not an ordinary table. Rename it.");
      return problems;
    }
    List<String> missing =
        needed.stream().filter(column -> !has(column)).sorted().toList();
    if (!missing.isEmpty()) {
      problems.add(name + " has no column " + String.join(", ", missing) + ". Rename it.");
      return problems;
    }
    columns.forEach((column, found) -> {
      TableFormat.Column wanted = format.columns().get(column);
      if (wanted == null || (wanted.isIdentity() || column.equals("id")) && found.filled()) {
        if (wanted == null && found.required() && !found.filled()) {
          problems.add("column " + column + " of " + name
              + " is NOT NULL and has no default, and Migrator does not know what to write there. Give it a default: "
              + alter(column) + " SET DEFAULT ...");
        }
      } else if (!FITTING.getOrDefault(wanted.type(), Set.of()).contains(found.type())) {
        problems.add(wrongType(column, found, wanted));
      }
    });
    return problems;
  }

  private String wrongType(String column, Column found, TableFormat.Column wanted) {
    String problem = "column " + column + " of " + name + " is " + found.type() + ", not "
        + wanted.type() + ". ";
    String change = alter(column) + " TYPE " + wanted.type() + " USING " + quoted(column);
    return found.type().equals("timestamp without time zone")
        ? problem
            + "Which time zone its times are in is known to nobody but whoever wrote them; for UTC: "
            + change + " AT TIME ZONE 'UTC'"
        : problem + "Convert it: " + change + "::" + wanted.type();
  }

  /**
   * The command that brings its columns to the format, as far as no row has to be changed for it; {@code null} when they
   * are.
   */
  @Nullable
  Command alteration(TableFormat format) {
    List<String> changes = new ArrayList<>();
    format.columns().forEach((name, wanted) -> {
      Column found = columns.get(name);
      if (found == null) {
        boolean filledLater = wanted.required() && wanted.defaultValue() == null;
        changes.add("ADD COLUMN " + quoted(name) + " "
            + (filledLater && !wanted.isIdentity() ? wanted.type() : wanted.definition()));
      } else {
        changes(wanted, found, changes);
      }
    });
    return changes.isEmpty()
        ? null
        : Command.of("ALTER TABLE " + name + " " + String.join(", ", changes));
  }

  private static void changes(TableFormat.Column wanted, Column found, List<String> changes) {
    String column = "ALTER COLUMN " + quoted(wanted.name());
    if (found.limited() && wanted.type().equals("text")) {
      changes.add(column + " TYPE text");
    }
    if (!wanted.required() && found.required()) {
      changes.add(column + " DROP NOT NULL");
    }
    if (wanted.defaultValue() != null && !found.filled()) {
      changes.add(column + " SET DEFAULT " + wanted.defaultValue());
    }
    if (wanted.name().equals("applied_at") && found.filled()) {
      // A row that only waits, or has failed, must not say that it was applied.
      changes.add(column + " DROP DEFAULT");
    }
  }

  /** SQL that is a column where the table has it, and something else where it has not. */
  String columnOr(String column, String otherwise) {
    return has(column) ? quoted(column) : otherwise;
  }

  /** The columns as select list, with values in place of those that a sample names, and NULL for the others. */
  String sample(Map<String, String> values) {
    return columns.entrySet().stream()
        .map(e -> "CAST(" + values.getOrDefault(e.getKey(), "NULL") + " AS "
            + e.getValue().type() + ") AS " + quoted(e.getKey()))
        .collect(Collectors.joining(", "));
  }

  private String alter(String column) {
    return "ALTER TABLE " + name + " ALTER COLUMN " + quoted(column);
  }

  private static String quoted(String column) {
    return Identifiers.quote(column);
  }
}
