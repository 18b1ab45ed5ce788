package dev.migrator.internal.schema;

import dev.migrator.internal.schema.RandomTables.Table;
import java.util.List;

/** Random views, and what is in no schema but refers to one. */
final class RandomViews {

  private final RandomSchema schema;
  private final Draw draw;

  RandomViews(RandomSchema schema) {
    this.schema = schema;
    this.draw = schema.draw();
  }

  void make(List<Table> tables) {
    schema.times(0, 2).forEach(i -> view(draw.of(tables)));
    schema.times(0, 1).forEach(i -> materialized(draw.of(tables)));
    if (draw.chance(20)) {
      dictionary();
    }
  }

  private void view(Table table) {
    String view = schema.in(schema.name("v"));
    String column = draw.of(table.names());
    schema.add(draw.of(
            "CREATE VIEW %1$s AS SELECT * FROM %2$s",
            "CREATE VIEW %1$s (first, n) AS SELECT %3$s IS NULL, count(*) FROM %2$s GROUP BY 1 HAVING count(*) > 1",
            "CREATE VIEW %1$s WITH (security_barrier) AS SELECT %3$s FROM %2$s WHERE %3$s IS NOT NULL WITH LOCAL CHECK OPTION",
            "CREATE VIEW %1$s AS WITH w AS (SELECT %3$s AS a FROM %2$s) SELECT w.a, x.b FROM w CROSS JOIN (VALUES (1, 'é''s')) AS x (b, c)")
        .formatted(view, table.name(), column));
    if (draw.chance(30)) {
      String outer = schema.in(schema.name("vv"));
      schema.add("CREATE VIEW %s AS SELECT v.*, 1 AS one FROM %s v".formatted(outer, view));
      schema.annotate("VIEW", outer, "SELECT");
    }
    if (draw.chance(25)) {
      schema.add("CREATE RULE %s AS ON DELETE TO %s DO INSTEAD NOTHING"
          .formatted(schema.name("vr"), view));
    }
    schema.annotate("VIEW", view, "SELECT");
  }

  private void materialized(Table table) {
    String view = schema.in(schema.name("mv"));
    schema.add("CREATE MATERIALIZED VIEW %s%s AS SELECT %s AS a, 'x'::text AS b FROM %s%s"
        .formatted(
            view,
            draw.maybe(20, " WITH (fillfactor = 75)"),
            draw.of(table.names()),
            table.name(),
            draw.maybe(40, " WITH NO DATA")));
    if (draw.chance(50)) {
      schema.add("CREATE INDEX %s ON %s (b)".formatted(schema.name("mi"), view));
    }
    schema.annotate("MATERIALIZED VIEW", view, "SELECT");
  }

  private void dictionary() {
    String dictionary = schema.in(schema.name("dict"));
    schema.add("CREATE TEXT SEARCH DICTIONARY %s (template = simple, stopwords = english)"
        .formatted(dictionary));
    schema.annotate("TEXT SEARCH DICTIONARY", dictionary);
    String configuration = schema.in(schema.name("conf"));
    schema.add("CREATE TEXT SEARCH CONFIGURATION %s (copy = simple)".formatted(configuration));
    schema.add(
        "ALTER TEXT SEARCH CONFIGURATION %s ALTER MAPPING FOR word, asciiword WITH %s, simple"
            .formatted(configuration, dictionary));
    schema.annotate("TEXT SEARCH CONFIGURATION", configuration);
  }

  void outside(List<Table> tables) {
    if (draw.chance(20)) {
      String publication = schema.outside("_pub");
      Table table = draw.of(tables);
      schema.add("CREATE PUBLICATION %s%s"
          .formatted(
              publication,
              schema.has("CREATE UNLOGGED TABLE " + table.name() + " ")
                  ? " WITH (publish = 'insert')"
                  : " FOR TABLE " + table.name()));
    }
    if (draw.chance(20)) {
      String wrapper = schema.outside("_fdw");
      String server = schema.outside("_srv");
      String foreign = schema.in(schema.name("ft"));
      schema.add(
          "CREATE FOREIGN DATA WRAPPER " + wrapper + draw.maybe(40, " OPTIONS (debug 'true')"));
      schema.add("CREATE SERVER %s%s FOREIGN DATA WRAPPER %s OPTIONS (host 'h', port '1')"
          .formatted(server, draw.maybe(40, " TYPE 'x' VERSION '2'"), wrapper));
      schema.add("CREATE USER MAPPING FOR %s SERVER %s%s"
          .formatted(
              draw.of("PUBLIC", "pg_monitor"), server, draw.maybe(60, " OPTIONS (user 'u')")));
      schema.add(
          "CREATE FOREIGN TABLE %s (a integer OPTIONS (name 'x'), b text NOT NULL) SERVER %s%s"
              .formatted(foreign, server, draw.maybe(50, " OPTIONS (table 't')")));
      schema.annotate("FOREIGN TABLE", foreign, "SELECT");
    }
    if (draw.chance(10)) {
      String function = schema.in("on_ddl");
      schema.add("CREATE FUNCTION %s() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'"
          .formatted(function));
      schema.add("CREATE EVENT TRIGGER %s ON ddl_command_end%s EXECUTE FUNCTION %s()"
          .formatted(
              schema.outside("_et"),
              draw.maybe(50, " WHEN TAG IN ('CREATE TABLE', 'DROP VIEW')"),
              function));
    }
    if (draw.chance(10)) {
      schema.add(
          "CREATE TYPE %1$s AS (x integer); CREATE FUNCTION %2$s(%1$s) RETURNS text LANGUAGE sql AS 'SELECT ''c'''; CREATE CAST (%1$s AS text) WITH FUNCTION %2$s(%1$s)%3$s"
              .formatted(
                  schema.in("castable"), schema.in("to_text"), draw.maybe(50, " AS ASSIGNMENT")));
    }
  }
}
