package dev.migrator.internal.schema;

import dev.migrator.internal.schema.ColumnType.Family;
import dev.migrator.internal.schema.RandomTables.Column;
import dev.migrator.internal.schema.RandomTables.Table;
import java.util.List;

/** Random indexes of all kinds, and extended statistics. */
final class RandomIndexes {

  private final RandomSchema schema;
  private final Draw draw;

  RandomIndexes(RandomSchema schema) {
    this.schema = schema;
    this.draw = schema.draw();
  }

  /** A few indexes, each as its column's type allows, and perhaps statistics. */
  void make(Table table) {
    schema.times(0, 3).forEach(i -> index(table));
    statistics(table);
  }

  private void index(Table table) {
    Column column = draw.of(table.columns());
    String index = schema.name("i");
    String name = column.name();
    String create = " INDEX " + index + " ON " + table.name() + " ";
    String sql = switch (column.type().family()) {
      case JSON -> create + "USING gin (" + name + draw.maybe(40, " jsonb_path_ops") + ")";
      case RANGE -> create + "USING gist (" + name + ")";
      case TEXT ->
        column.type().sql().endsWith("]")
            ? create + "USING gin (" + name + ")"
            : create
                + draw.of(
                    "(" + name + " COLLATE \"POSIX\")",
                    "(lower((" + name + ")::text))",
                    "USING hash (" + name + ")",
                    "((" + name + "::text) text_pattern_ops DESC)",
                    "(" + name + ") WHERE " + name + " IS NOT NULL");
      case NUMBER ->
        create
            + draw.of(
                "(" + name + " DESC NULLS LAST)",
                "USING brin (" + name + ") WITH (pages_per_range = 32)",
                "((" + name + " + 1), " + name + ") WITH (fillfactor = 60)",
                "(" + name + ") WHERE " + name + " > 0");
      case OTHER -> create + "((" + name + " IS NULL)) INCLUDE (" + draw.of(table.names()) + ")";
    };
    boolean plain = !sql.contains("USING") && !sql.contains("((");
    schema.add("CREATE" + (plain ? draw.maybe(25, " UNIQUE") : "") + sql);
    if (plain && !sql.contains("WHERE") && draw.chance(25)) {
      schema.add("ALTER TABLE %s CLUSTER ON %s".formatted(table.name(), index));
    }
    if (sql.contains(" + 1)") && draw.chance(40)) {
      schema.add("ALTER INDEX %s ALTER COLUMN 1 SET STATISTICS 42".formatted(schema.in(index)));
    }
    if (draw.chance(20)) {
      schema.add("COMMENT ON INDEX %s IS 'an index'".formatted(schema.in(index)));
    }
  }

  private void statistics(Table table) {
    if (table.columns().size() > 2 && draw.chance(25)) {
      String statistics = schema.in(schema.name("stat"));
      List<String> some = draw.some(
          2,
          table.columns(Family.NUMBER, Family.TEXT).stream()
              .filter(column -> !column.type().sql().endsWith("]"))
              .map(Column::name)
              .toList());
      if (some.size() == 2) {
        schema.add("CREATE STATISTICS %s%s ON %s FROM %s"
            .formatted(
                statistics,
                draw.of("", " (ndistinct)", " (mcv, dependencies)"),
                RandomSchema.list(some),
                table.name()));
        schema.annotate("STATISTICS", statistics);
      }
    }
  }
}
