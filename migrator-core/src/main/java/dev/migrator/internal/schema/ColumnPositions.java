package dev.migrator.internal.schema;

import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns, until it is known of each behind which other one it stands. Dropped columns leave gaps in the numbers, which
 * nothing can see; and by its number, every column behind a dropped one would differ.
 */
final class ColumnPositions {

  private final Map<String, List<Column>> tables = new HashMap<>();

  private record Column(String table, int number, String name, Map<String, String> attributes) {

    SchemaObject behind(String before) {
      attributes.put("position", before.isEmpty() ? "first" : "after " + before);
      return SchemaObject.of(SchemaObjectKind.COLUMN, table, name, attributes);
    }
  }

  /**
   * Adds a column.
   *
   * @param oid that of its table
   * @param table the table's name
   * @param attributes all but the position, which is added
   */
  void add(String oid, String table, int number, String name, Map<String, String> attributes) {
    tables
        .computeIfAbsent(oid, key -> new ArrayList<>())
        .add(new Column(table, number, name, attributes));
  }

  /** Moves all of them to what is known. */
  void moveTo(List<SchemaObject> objects) {
    for (List<Column> columns : tables.values()) {
      columns.sort(Comparator.comparingInt(Column::number));
      String before = "";
      for (Column column : columns) {
        objects.add(column.behind(before));
        before = column.name();
      }
    }
    tables.clear();
  }
}
