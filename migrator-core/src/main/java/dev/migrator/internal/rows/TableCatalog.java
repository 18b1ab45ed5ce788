package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.Table.Check;
import dev.migrator.internal.rows.Table.Column;
import dev.migrator.internal.rows.Table.ForeignKey;
import dev.migrator.internal.rows.Table.Origin;
import dev.migrator.internal.rows.Table.Reason;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database that hold rows themselves: those of extensions, of the system and of sessions are left out, and
 * of a partitioned table its partitions stand for it.
 *
 * @param tables the tables, by name
 * @param partitionedBy the oid of the partitioned table that a table or partitioned table is a part of
 */
record TableCatalog(List<Table> tables, Map<Long, Long> partitionedBy) {

  /** What every query about tables begins with; named by the others so that they agree on what a table is. */
  static final String HELD = """
      WITH held AS (
        SELECT c.oid, n.nspname, c.relname, c.relispartition
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'r' AND c.relpersistence <> 't'
           AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
           AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                              AND d.objid = c.oid AND d.deptype = 'e'))
      """;

  private static final String TABLES = HELD + """
      SELECT oid, nspname, relname,
             CASE WHEN relispartition THEN pg_catalog.pg_get_partition_constraintdef(oid) END
        FROM held ORDER BY nspname COLLATE "C", relname COLLATE "C\"""";

  private static final String COLUMNS = HELD + """
      SELECT a.attrelid, a.attname, a.atttypid, a.atttypmod,
             pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
             CASE WHEN a.attgenerated <> '' THEN 'COMPUTED'
                  WHEN a.attidentity <> '' OR pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%'
                  THEN 'SEQUENCE' ELSE 'ROW' END,
             a.atthasdef
        FROM pg_catalog.pg_attribute a
        JOIN held ON held.oid = a.attrelid
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attrelid, a.attnum""";

  /** Names cannot hold the character that separates them here, since the catalog's type for names is a C string. */
  private static final String CHECKS = HELD + """
      SELECT k.conrelid, pg_catalog.pg_get_expr(k.conbin, k.conrelid),
             (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(1))
                FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey))
        FROM pg_catalog.pg_constraint k
        JOIN held ON held.oid = k.conrelid
       WHERE k.contype = 'c'
       ORDER BY k.conrelid, k.conname COLLATE "C\"""";

  /** A key that refers to a partitioned table has one more constraint for each of its partitions. */
  private static final String KEYS = HELD + """
      SELECT k.conrelid, k.conname, n.nspname, c.relname, k.confrelid, k.condeferrable,
             (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(1) ORDER BY u.o)
                FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (n, o)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n),
             (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(1) ORDER BY u.o)
                FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u (n, o)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.n)
        FROM pg_catalog.pg_constraint k
        JOIN held ON held.oid = k.conrelid
        JOIN pg_catalog.pg_class c ON c.oid = k.confrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE k.contype = 'f'
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint p
                          WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid)
       ORDER BY k.conrelid, pg_catalog.cardinality(k.conkey) DESC, k.conname COLLATE "C\"""";

  private static final String PARTITIONS = """
      SELECT i.inhrelid, i.inhparent
        FROM pg_catalog.pg_inherits i
        JOIN pg_catalog.pg_class c ON c.oid = i.inhparent
       WHERE c.relkind = 'p'""";

  /** Keeps copies. */
  TableCatalog {
    tables = List.copyOf(tables);
    partitionedBy = Map.copyOf(partitionedBy);
  }

  /**
   * Reads the tables of a database.
   *
   * @param except the names of tables that are left out
   * @param known the oids of further ones
   */
  static TableCatalog read(Session session, Set<TableName> except, Set<Long> known) {
    String path = session.queryOne(
        Command.of("SELECT pg_catalog.current_setting('search_path')"), row -> row.text(1));
    // No operators but the catalog's; the scripts' path is for those who write the rows.
    session.stepwise(List.of(setPath("")));
    TableCatalog catalog = readWithoutPath(session, except, known);
    session.stepwise(List.of(setPath(path)));
    return catalog;
  }

  private static Command setPath(String path) {
    return Command.of("SELECT pg_catalog.set_config('search_path', $1, false)", path);
  }

  private static TableCatalog readWithoutPath(
      Session session, Set<TableName> except, Set<Long> known) {
    TypeCatalog types = TypeCatalog.read(session);
    Map<Long, List<Column>> columns = new HashMap<>();
    session.query(Command.of(COLUMNS), row -> list(columns, row).add(column(row, types)));
    Map<Long, List<Check>> checks = new HashMap<>();
    session.query(
        Command.of(CHECKS),
        row -> list(checks, row)
            .add(new Check(
                row.text(2), new LinkedHashSet<>(names(row.textOrNull(3))), Reason.CONSTRAINT)));
    Map<Long, List<ForeignKey>> keys = new HashMap<>();
    session.query(Command.of(KEYS), row -> list(keys, row).add(key(row)));
    Map<Long, Long> parts = new HashMap<>();
    session.query(Command.of(PARTITIONS), row -> parts.put(row.number(1), row.number(2)));
    List<Table> tables = new ArrayList<>();
    session.query(Command.of(TABLES), row -> {
      long oid = row.number(1);
      TableName name = new TableName(row.text(2), row.text(3));
      List<Column> own = columns.getOrDefault(oid, List.of());
      List<Check> conditions = new ArrayList<>(checks.getOrDefault(oid, List.of()));
      String bounds = row.textOrNull(4);
      if (bounds != null && !bounds.isEmpty()) {
        conditions.add(new Check(bounds, mentioned(bounds, own), Reason.PARTITION));
      }
      Table table = new Table(oid, name, own, conditions, keys.getOrDefault(oid, List.of()));
      return !except.contains(name) && !known.contains(oid) && tables.add(table);
    });
    return new TableCatalog(tables, parts);
  }

  private static Column column(Row row, TypeCatalog types) {
    return new Column(
        row.text(2),
        types.type(row.number(3), (int) row.number(4), row.text(5)),
        row.flag(6) || types.refusesNull(row.number(3)),
        Origin.valueOf(row.text(7)),
        row.flag(8));
  }

  private static ForeignKey key(Row row) {
    return new ForeignKey(
        row.text(2),
        names(row.textOrNull(7)),
        new TableName(row.text(3), row.text(4)),
        row.number(5),
        names(row.textOrNull(8)),
        row.flag(6));
  }

  /** The server does not list the columns of a partition's bounds. One too many does no harm. */
  private static Set<String> mentioned(String expression, List<Column> columns) {
    Set<String> mentioned = new LinkedHashSet<>();
    for (Column column : columns) {
      String name = Pattern.quote(column.name());
      String quoted = Pattern.quote(Identifiers.quote(column.name()));
      if (Pattern.compile("(?<![\\w\"'])" + name + "(?![\\w\"'])|" + quoted)
          .matcher(expression)
          .find()) {
        mentioned.add(column.name());
      }
    }
    return mentioned;
  }

  private static List<String> names(@Nullable String joined) {
    return joined == null ? List.of() : Arrays.asList(joined.split("\u0001"));
  }

  private static <T> List<T> list(Map<Long, List<T>> lists, Row row) {
    return lists.computeIfAbsent(row.number(1), any -> new ArrayList<>());
  }
}
