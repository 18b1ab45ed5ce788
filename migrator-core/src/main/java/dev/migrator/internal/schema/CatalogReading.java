package dev.migrator.internal.schema;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the rows of catalog queries into objects. The first six columns of a query say which object a row is: kind, parent,
 * name, and the catalog, oid and column by which comments and grants refer to it. Each further column is an attribute of
 * that name; NULL is none.
 */
final class CatalogReading {

  private static final int FIRST_ATTRIBUTE = 7;

  private static final List<String> ANNOTATIONS = List.of(
      AnnotationQueries.COMMENTS,
      AnnotationQueries.SECURITY_LABELS,
      AnnotationQueries.EXTENSIONS,
      AnnotationQueries.GRANTS);

  private static final Map<String, SchemaObjectKind> KINDS = kinds();

  private final List<Command> queries = new ArrayList<>();
  private final Map<String, Map<String, String>> annotations = new HashMap<>();
  private final List<SchemaObject> objects = new ArrayList<>();
  private final ColumnPositions columns = new ColumnPositions();

  private static Map<String, SchemaObjectKind> kinds() {
    Map<String, SchemaObjectKind> kinds = new HashMap<>();
    for (SchemaObjectKind kind : SchemaObjectKind.values()) {
      kinds.put(kind.words(), kind);
    }
    return kinds;
  }

  /**
   * A reading.
   *
   * @param whole whether objects count that belong to no schema
   */
  CatalogReading(Census census, boolean whole) {
    ANNOTATIONS.forEach(family -> queries.add(command(family, census)));
    census.families().stream()
        .filter(family -> whole || !family.isOutsideSchemas())
        .forEach(family -> queries.add(command(family.sql(), census)));
  }

  private static Command command(String family, Census census) {
    String sql = CatalogSql.of(family, census.serverMajor());
    return sql.contains("$1") ? Command.of(sql, census.oids()) : Command.of(sql);
  }

  /** What is to be asked, in this order: what objects carry before the objects. */
  List<Command> queries() {
    return queries;
  }

  /**
   * Takes a row.
   *
   * @param query the place of its query
   */
  void take(int query, Row row) {
    if (query < ANNOTATIONS.size()) {
      annotations
          .computeIfAbsent(key(row, 2), key -> new HashMap<>())
          .put(row.text(1), row.text(5));
    } else {
      object(row);
    }
  }

  private void object(Row row) {
    List<String> labels = row.labels();
    Map<String, String> attributes = new HashMap<>(annotations.getOrDefault(key(row, 4), Map.of()));
    for (int column = FIRST_ATTRIBUTE; column <= labels.size(); column++) {
      String value = row.textOrNull(column);
      if (value != null) {
        attributes.put(labels.get(column - 1), value);
      }
    }
    String words = row.text(1);
    SchemaObjectKind kind = KINDS.get(words);
    if (kind == null) {
      throw new IllegalStateException("a query calls a kind " + words);
    }
    if (kind == SchemaObjectKind.COLUMN) {
      columns.add(row.text(5), row.text(2), (int) row.number(6), row.text(3), attributes);
    } else {
      columns.moveTo(objects);
      objects.add(SchemaObject.of(kind, row.text(2), row.text(3), attributes));
    }
  }

  /** The objects of all rows. */
  List<SchemaObject> objects() {
    columns.moveTo(objects);
    return objects;
  }

  private static String key(Row row, int column) {
    return row.text(column) + ' ' + row.text(column + 1) + ' ' + row.text(column + 2);
  }
}
