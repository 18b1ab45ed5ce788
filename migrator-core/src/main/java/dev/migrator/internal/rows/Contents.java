package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.rows.TableContent.ColumnContent;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the tables of a database hold, as counts and hashes that the server computes; no value leaves it. */
public final class Contents {

  /** Up to as many rows each row's hash is kept, so that one can tell how many differ. */
  static final int COUNTED_ROWS = 2_000;

  private static final int TABLES_A_QUERY = 25;

  /** Output that depends on nothing, and no operators but the catalog's. */
  private static final Command SETTINGS = Command.of("""
      SELECT pg_catalog.set_config('search_path', '', false),
             pg_catalog.set_config('TimeZone', 'UTC', false),
             pg_catalog.set_config('DateStyle', 'ISO, MDY', false),
             pg_catalog.set_config('IntervalStyle', 'postgres', false),
             pg_catalog.set_config('bytea_output', 'hex', false),
             pg_catalog.set_config('extra_float_digits', '1', false),
             pg_catalog.set_config('row_security', 'off', false)""");

  private static final String COLUMNS = TableCatalog.HELD + """
      SELECT held.nspname, held.relname, held.oid, a.attname, a.attnum
        FROM held
        LEFT JOIN pg_catalog.pg_attribute a
          ON a.attrelid = held.oid AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY held.nspname COLLATE "C", held.relname COLLATE "C", a.attnum""";

  /** The order of the rows must not count, so hashes are ordered, or summed up where there are many. */
  private static final String HASHES = """
      CASE WHEN pg_catalog.count(*) > %1$d
           THEN pg_catalog.sum(pg_catalog.hashtextextended(%2$s COLLATE "C", 0)::numeric)::text
           ELSE coalesce(pg_catalog.array_agg(pg_catalog.hashtextextended(%2$s COLLATE "C", 0)
                           ORDER BY pg_catalog.hashtextextended(%2$s COLLATE "C", 0))
                           FILTER (WHERE %2$s IS NOT NULL), '{}')::text
      END""";

  private final Set<TableName> except;
  private final SortedMap<TableName, TableContent> tables;

  private Contents(Set<TableName> except, SortedMap<TableName, TableContent> tables) {
    this.except = Set.copyOf(except);
    this.tables = tables;
  }

  /**
   * Reads the content of every table.
   *
   * @param session in autocommit; its settings are afterwards as before
   * @param except the tables that are left alone
   */
  public static Contents read(Session session, Set<TableName> except) {
    SessionState before = session.state(Set.of());
    session.stepwise(List.of(SETTINGS));
    try {
      List<Wanted> wanted = columns(session).values().stream()
          .filter(there -> !except.contains(there.table()))
          .map(there -> new Wanted(there, List.copyOf(there.columns().keySet())))
          .toList();
      return new Contents(except, contents(session, wanted));
    } finally {
      session.resetTo(before);
    }
  }

  /** Reads the same columns of the same tables again, as far as they are there. */
  public Contents again(Session session) {
    SessionState before = session.state(Set.of());
    session.stepwise(List.of(SETTINGS));
    try {
      Map<TableName, There> there = columns(session);
      List<Wanted> wanted = new ArrayList<>();
      tables.forEach((name, content) -> {
        There table = there.get(name);
        if (table != null) {
          wanted.add(new Wanted(table, List.copyOf(content.columns().keySet())));
        }
      });
      return new Contents(except, contents(session, wanted));
    } finally {
      session.resetTo(before);
    }
  }

  /** The oids of the tables. */
  Set<Long> oids() {
    return tables.values().stream().map(TableContent::oid).collect(Collectors.toSet());
  }

  /** How many rows there are in all tables together. */
  public long rows() {
    return tables.values().stream().mapToLong(TableContent::rows).sum();
  }

  /**
   * The rows and values that are not there any more.
   *
   * @param after what was read {@linkplain #again again}
   * @return none when every row is there with every value
   */
  public List<DataLoss> losses(Contents after) {
    List<DataLoss> losses = new ArrayList<>();
    tables.forEach((table, content) -> losses.addAll(content.losses(after.tables.get(table))));
    return losses;
  }

  /** Whether another reading found the same in the column that a loss is about. */
  boolean agrees(Contents other, DataLoss loss) {
    TableContent one = tables.get(loss.table());
    TableContent two = other.tables.get(loss.table());
    return one != null
        && two != null
        && Objects.equals(one.column(loss.column()), two.column(loss.column()));
  }

  /**
   * Where nobody can tell whether the rows that were there still are, each in words: sums of a different number of rows
   * cannot be compared.
   *
   * @param after what was read {@linkplain #again again}
   */
  List<String> untold(Contents after) {
    List<String> untold = new ArrayList<>();
    tables.forEach((table, content) -> {
      TableContent now = after.tables.get(table);
      if (now != null && content.isUntold(now)) {
        untold.add(
            "table %s has %s now and had %s: whether these are as they were cannot be told of so many"
                .formatted(table.text(), rows(now.rows()), rows(content.rows())));
      }
    });
    return untold;
  }

  /**
   * What another reading holds that this one does not, each in words: tables with rows, columns with values, more rows.
   *
   * @param after what was read of the whole database
   */
  public List<String> additions(Contents after) {
    Map<Long, TableContent> known =
        tables.values().stream().collect(Collectors.toMap(TableContent::oid, table -> table));
    List<String> additions = new ArrayList<>();
    after.tables.forEach((name, content) -> {
      TableContent before = known.getOrDefault(content.oid(), tables.get(name));
      if (content.rows() == 0) {
        return;
      }
      if (before == null) {
        additions.add("table %s with %s".formatted(name.text(), rows(content.rows())));
        return;
      }
      if (content.rows() > before.rows()) {
        additions.add(
            "%s in table %s".formatted(rows(content.rows() - before.rows()), name.text()));
      }
      boolean same = before.oid() == content.oid();
      content.columns().forEach((column, values) -> {
        if (values.values() > 0 && !before.knows(column, values, same)) {
          additions.add("column %s.%s with its values".formatted(name.text(), column));
        }
      });
    });
    return additions;
  }

  private static String rows(long count) {
    return count + (count == 1 ? " row" : " rows");
  }

  /** A table that is there, with the numbers of its columns by name. */
  private record There(long oid, TableName table, Map<String, Integer> columns) {}

  private static Map<TableName, There> columns(Session session) {
    Map<TableName, There> tables = new LinkedHashMap<>();
    session.query(Command.of(COLUMNS), row -> {
      There table = tables.computeIfAbsent(
          new TableName(row.text(1), row.text(2)),
          name -> new There(row.number(3), name, new LinkedHashMap<>()));
      String column = row.textOrNull(4);
      if (column != null) {
        table.columns().put(column, (int) row.number(5));
      }
      return table;
    });
    return tables;
  }

  /**
   * A table to read.
   *
   * @param table the table that is there
   * @param row the columns that make a row; not all may be there
   */
  private record Wanted(There table, List<String> row) {

    private List<String> there() {
      return row.stream().filter(table.columns()::containsKey).toList();
    }

    /** One text for everything about it: unions need as many columns from every table. */
    String query(int number) {
      List<String> there = there();
      List<String> parts = new ArrayList<>(List.of("pg_catalog.count(*)::text"));
      parts.add(there.size() == row.size() ? hashes("ROW(" + list(row) + ")::text") : "NULL");
      for (String column : there) {
        String text = "t." + Identifiers.quote(column) + "::text";
        parts.add("pg_catalog.count(" + text + ")::text");
        parts.add(hashes(text));
      }
      return "SELECT %d, pg_catalog.array_to_string(ARRAY[%s], ';', '') FROM ONLY %s AS t"
          .formatted(number, String.join(",\n", parts), table.table().quoted());
    }

    TableContent content(String answer) {
      String[] parts = answer.split(";", -1);
      List<String> there = there();
      Map<String, ColumnContent> columns = new LinkedHashMap<>();
      for (int i = 0; i < there.size(); i++) {
        columns.put(
            there.get(i),
            new ColumnContent(
                table.columns().getOrDefault(there.get(i), 0),
                Long.parseLong(parts[2 + 2 * i]),
                parts[3 + 2 * i]));
      }
      return new TableContent(
          table.oid(),
          table.table(),
          Long.parseLong(parts[0]),
          there.size() == row.size() ? parts[1] : null,
          columns);
    }
  }

  private static SortedMap<TableName, TableContent> contents(Session session, List<Wanted> wanted) {
    SortedMap<TableName, TableContent> contents = new TreeMap<>();
    for (int from = 0; from < wanted.size(); from += TABLES_A_QUERY) {
      List<String> queries = new ArrayList<>();
      for (int i = from; i < Math.min(wanted.size(), from + TABLES_A_QUERY); i++) {
        queries.add(wanted.get(i).query(i));
      }
      session.query(Command.of(String.join("\nUNION ALL\n", queries)), row -> {
        TableContent content = wanted.get((int) row.number(1)).content(row.text(2));
        return contents.put(content.table(), content);
      });
    }
    return contents;
  }

  private static String list(List<String> columns) {
    return columns.stream()
        .map(name -> "t." + Identifiers.quote(name))
        .collect(Collectors.joining(", "));
  }

  private static String hashes(String text) {
    return HASHES.formatted(COUNTED_ROWS, text);
  }
}
