package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.ValueType.Fields;
import dev.migrator.internal.rows.ValueType.Labels;
import dev.migrator.internal.rows.ValueType.Many;
import dev.migrator.internal.rows.ValueType.Range;
import dev.migrator.internal.rows.ValueType.Restricted;
import dev.migrator.internal.rows.ValueType.Scalar;
import dev.migrator.internal.rows.ValueType.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of a database, as far as it takes to write values of them. */
final class TypeCatalog {

  private static final String TYPES = """
      SELECT t.oid, t.typname, t.typtype,
             CASE WHEN t.typcategory = 'A' AND t.typname NOT IN ('int2vector', 'oidvector')
                  THEN t.typelem ELSE 0 END,
             t.typbasetype, t.typtypmod, t.typnotnull, t.typrelid,
             coalesce(r.rngsubtype, m.rngtypid, 0),
             pg_catalog.format_type(CASE t.typbasetype WHEN 0 THEN t.oid ELSE t.typbasetype END, t.typtypmod)
        FROM pg_catalog.pg_type t
        LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
        LEFT JOIN pg_catalog.pg_range m ON m.rngmultitypid = t.oid
       WHERE t.typtype <> 'p'
         AND (t.typrelid = 0 OR t.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace)""";

  private static final String LABELS = """
      SELECT enumtypid, enumlabel FROM pg_catalog.pg_enum ORDER BY enumtypid, enumsortorder""";

  private static final String DOMAIN_CHECKS = """
      SELECT contypid, pg_catalog.pg_get_expr(conbin, 0)
        FROM pg_catalog.pg_constraint WHERE contypid <> 0 AND contype = 'c' ORDER BY contypid, conname""";

  /** The rows of a table make a type too; few are the type of a column. */
  private static final String FIELDS = """
      SELECT a.attrelid, a.atttypid, a.atttypmod
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
       WHERE a.attnum > 0 AND NOT a.attisdropped
         AND (c.relkind = 'c'
              OR c.oid IN (SELECT t.typrelid
                             FROM pg_catalog.pg_type t
                             JOIN pg_catalog.pg_attribute u ON u.atttypid = t.oid
                            WHERE t.typrelid <> 0 AND u.attnum > 0
                            UNION ALL
                           SELECT t.typrelid
                             FROM pg_catalog.pg_type t
                             JOIN pg_catalog.pg_attribute u ON u.atttypid = t.typarray
                            WHERE t.typrelid <> 0 AND t.typarray <> 0 AND u.attnum > 0))
       ORDER BY a.attrelid, a.attnum""";

  /** Deeper than this nobody nests, except types that hold themselves. */
  private static final int DEEPEST = 8;

  private final Map<Long, Entry> entries = new HashMap<>();
  private final Map<Long, List<String>> labels = new HashMap<>();
  private final Map<Long, List<String>> checks = new HashMap<>();
  private final Map<Long, List<Use>> fields = new HashMap<>();
  private final Set<Long> required = new HashSet<>();

  /** A row of the catalog. */
  private record Entry(
      String name,
      String kind,
      long element,
      long base,
      int baseModifier,
      long relation,
      long bound,
      String baseSql) {}

  /** A type with a modifier. */
  private record Use(long type, int modifier) {}

  private TypeCatalog() {}

  /** Reads the types of a database. */
  static TypeCatalog read(Session session) {
    TypeCatalog catalog = new TypeCatalog();
    session.query(Command.of(TYPES), row -> {
      Entry entry = new Entry(
          row.text(2),
          row.text(3),
          row.number(4),
          row.number(5),
          (int) row.number(6),
          row.number(8),
          row.number(9),
          row.text(10));
      if (row.flag(7)) {
        catalog.required.add(row.number(1));
      }
      return catalog.entries.put(row.number(1), entry);
    });
    session.query(Command.of(LABELS), row -> list(catalog.labels, row.number(1)).add(row.text(2)));
    session.query(
        Command.of(DOMAIN_CHECKS), row -> list(catalog.checks, row.number(1)).add(row.text(2)));
    session.query(
        Command.of(FIELDS),
        row ->
            list(catalog.fields, row.number(1)).add(new Use(row.number(2), (int) row.number(3))));
    return catalog;
  }

  /** Whether it is a domain that refuses NULL, or lies on one. */
  boolean refusesNull(long oid) {
    Entry entry = entries.get(oid);
    return required.contains(oid)
        || entry != null && entry.kind().equals("d") && refusesNull(entry.base());
  }

  /**
   * The type of a column.
   *
   * @param oid its oid
   * @param modifier its modifier
   * @param sql what SQL calls it
   */
  ValueType type(long oid, int modifier, String sql) {
    return type(oid, modifier, sql, 0);
  }

  private ValueType type(long oid, int modifier, String sql, int depth) {
    Entry entry = entries.get(oid);
    if (entry == null || depth > DEEPEST) {
      return new ValueType("unknown", sql, modifier, new Scalar());
    }
    return new ValueType(entry.name(), sql, modifier, shape(oid, entry, modifier, depth + 1));
  }

  private Shape shape(long oid, Entry entry, int modifier, int depth) {
    if (entry.element() != 0) {
      return new Many(type(entry.element(), modifier, "", depth));
    }
    return switch (entry.kind()) {
      case "e" -> new Labels(labels.getOrDefault(oid, List.of()));
      case "d" ->
        new Restricted(
            type(entry.base(), entry.baseModifier(), entry.baseSql(), depth),
            checks.getOrDefault(oid, List.of()));
      case "c" ->
        new Fields(fields.getOrDefault(entry.relation(), List.of()).stream()
            .map(use -> type(use.type(), use.modifier(), "", depth))
            .toList());
      case "r" -> new Range(type(entry.bound(), -1, "", depth), false);
      case "m" -> new Range(boundOf(entry.bound(), depth), true);
      default -> new Scalar();
    };
  }

  /** What a multirange holds ranges of. */
  private ValueType boundOf(long range, int depth) {
    Entry entry = entries.get(range);
    return type(entry == null ? 0 : entry.bound(), -1, "", depth);
  }

  private static <T> List<T> list(Map<Long, List<T>> lists, long key) {
    return lists.computeIfAbsent(key, any -> new ArrayList<>());
  }
}
