package dev.migrator.internal.schema;

import dev.migrator.internal.schema.RandomTables.Table;
import java.util.List;

/** Random partitioned tables: by range, list and hash, attached, by default, partitioned again. */
final class RandomPartitions {

  private final RandomSchema schema;
  private final Draw draw;

  RandomPartitions(RandomSchema schema) {
    this.schema = schema;
    this.draw = schema.draw();
  }

  void make(List<Table> tables) {
    if (draw.chance(60)) {
      partitioned(tables);
    }
  }

  private void partitioned(List<Table> tables) {
    String parent = schema.name("part");
    String table = schema.in(parent);
    String strategy = draw.of("RANGE", "LIST", "HASH");
    schema.add(
        "CREATE TABLE %s (a integer%s, b text%s, c date DEFAULT CURRENT_DATE) PARTITION BY %s (%s)"
            .formatted(
                table,
                draw.maybe(30, " NOT NULL"),
                draw.maybe(20, " COLLATE \"C\""),
                strategy,
                draw.of("a", strategy.equals("LIST") ? "(a + 1)" : "a, lower(b)")));
    boolean expression = schema.has(table, "lower") || schema.has(table, "(a + 1)");
    boolean two = schema.has(table, "lower");
    String first = schema.in(schema.name("p"));
    String second = schema.in(schema.name("p"));
    schema.add("CREATE TABLE %s PARTITION OF %s%s FOR VALUES %s"
        .formatted(
            first,
            table,
            draw.maybe(25, " (a DEFAULT 9, CONSTRAINT " + schema.name("pc") + " CHECK (b <> ''))"),
            bound(strategy, two, 0)));
    schema.add("CREATE TABLE %s (a integer%s, b text%s, c date)"
        .formatted(
            second,
            schema.has(table, "a integer NOT NULL") ? " NOT NULL" : "",
            schema.has(table, "COLLATE") ? " COLLATE \"C\"" : ""));
    schema.add("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES %s"
        .formatted(table, second, bound(strategy, two, 1)));
    if (!strategy.equals("HASH") && draw.chance(50)) {
      String rest = schema.in(schema.name("rest"));
      boolean again = draw.chance(50);
      schema.add("CREATE TABLE %s PARTITION OF %s DEFAULT%s"
          .formatted(rest, table, again ? " PARTITION BY HASH (b)" : ""));
      if (again) {
        schema.add("CREATE TABLE %s PARTITION OF %s FOR VALUES WITH (MODULUS 1, REMAINDER 0)"
            .formatted(schema.in(schema.name("leaf")), rest));
      }
    }
    index(table, first, second);
    if (!expression && draw.chance(40)) {
      schema.add("ALTER TABLE %s ADD CONSTRAINT %s %s (a%s)"
          .formatted(
              table,
              schema.name("key"),
              draw.of("UNIQUE", "PRIMARY KEY"),
              draw.maybe(schema.has(table, "HASH (b)") ? 100 : 50, ", b")));
    }
    if (draw.chance(30)) {
      schema.add("ALTER TABLE %s ADD CONSTRAINT %s CHECK (c > '2000-01-01')"
          .formatted(table, schema.name("pk")));
    }
    if (draw.chance(30)) {
      Table other = draw.of(tables);
      if (other.key() != null && !schema.has("CREATE UNLOGGED TABLE " + other.name() + " ")) {
        schema.add("ALTER TABLE %s ADD r %s REFERENCES %s"
            .formatted(table, other.key().type().sql(), other.name()));
      }
    }
    if (draw.chance(20)) {
      schema.add("ALTER TABLE %s ALTER b SET STATISTICS 33".formatted(draw.of(first, second)));
    }
    schema.annotate("TABLE", table, "SELECT");
    schema.annotate("TABLE", first, "SELECT");
  }

  private static String bound(String strategy, boolean two, int number) {
    return switch (strategy) {
      case "RANGE" ->
        "FROM (%d%s) TO (%s)"
            .formatted(
                10 * number,
                two ? ", MINVALUE" : "",
                (10 * number + 10) + (two ? ", MINVALUE" : ""));
      case "LIST" -> number == 0 ? "IN (1, 2)" : "IN (3, NULL)";
      default -> "WITH (MODULUS 2, REMAINDER " + number + ")";
    };
  }

  /** One for all, or one that is put together. */
  private void index(String table, String first, String second) {
    if (draw.chance(40)) {
      schema.add("CREATE INDEX ON %s (b%s)".formatted(table, draw.maybe(30, ", lower(b)")));
    } else if (draw.chance(40)) {
      String whole = schema.name("w");
      schema.add("CREATE INDEX %s ON ONLY %s (c)".formatted(whole, table));
      for (String part : draw.some(draw.between(0, 2), List.of(first, second))) {
        String index = schema.name("wp");
        schema.add("CREATE INDEX %s ON %s (c)".formatted(index, part));
        schema.add(
            "ALTER INDEX %s ATTACH PARTITION %s".formatted(schema.in(whole), schema.in(index)));
      }
    }
  }
}
