package dev.migrator.internal.schema;

import dev.migrator.internal.schema.RandomTables.Table;
import java.util.List;

/** Random functions, procedures and aggregates, and what runs them: triggers, rules, policies, operators. */
final class RandomCode {

  private final RandomSchema schema;
  private final Draw draw;
  private final String trigger;

  RandomCode(RandomSchema schema) {
    this.schema = schema;
    this.draw = schema.draw();
    this.trigger = schema.in(schema.name("tf"));
  }

  void functions() {
    schema.add(
        "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql%s AS $f$\nBEGIN\n  -- nothing\n\n  RETURN NEW;\nEND\n$f$"
            .formatted(trigger, draw.maybe(30, " SECURITY DEFINER SET search_path = pg_catalog")));
    schema.times(1, 3).forEach(i -> function());
    if (draw.chance(30)) {
      String procedure = schema.in(schema.name("proc"));
      schema.add("CREATE PROCEDURE %s(a integer%s) LANGUAGE sql AS 'SELECT 1'"
          .formatted(procedure, draw.maybe(50, ", INOUT b text DEFAULT 'x'")));
      schema.annotate("PROCEDURE", procedure, "EXECUTE");
    }
    if (draw.chance(20)) {
      String aggregate = schema.in(schema.name("agg"));
      schema.add("CREATE AGGREGATE %s(integer) (sfunc = int4pl, stype = integer%s%s)"
          .formatted(
              aggregate,
              draw.maybe(50, ", initcond = '0'"),
              draw.maybe(30, ", combinefunc = int4pl, parallel = safe")));
      schema.annotate("AGGREGATE", aggregate + "(integer)");
    }
    if (draw.chance(15)) {
      String operator = schema.in(draw.of("@+@", "<~>", "@@@@"));
      schema.add("CREATE OPERATOR %s (leftarg = integer, rightarg = integer, function = int4pl%s)"
          .formatted(operator, draw.maybe(50, ", commutator = OPERATOR(" + operator + ")")));
      schema.annotate("OPERATOR", operator + " (integer, integer)");
    }
  }

  private void function() {
    String function = schema.in(schema.name("f"));
    String body = draw.of(
        "RETURN a + 1",
        "AS 'SELECT 1'",
        "AS $$ SELECT a /* x */ + 2 $$",
        "BEGIN ATOMIC SELECT a; SELECT a * 2; END");
    schema.add("CREATE FUNCTION %s(a integer%s) RETURNS integer LANGUAGE sql%s%s%s%s%s%s %s"
        .formatted(
            function,
            draw.maybe(
                30, draw.of(" DEFAULT 5", ", b " + draw.of(schema.types()).sql())),
            draw.maybe(40, draw.of(" IMMUTABLE", " STABLE")),
            draw.maybe(20, " STRICT"),
            draw.maybe(20, " PARALLEL SAFE"),
            draw.maybe(15, " COST 7"),
            draw.maybe(15, " LEAKPROOF"),
            draw.maybe(
                15,
                draw.of(
                    " SET work_mem = '1MB'",
                    " SET search_path = pg_catalog, pg_temp SET statement_timeout = 5",
                    " SET application_name = 'it''s, \"x\"'")),
            body));
    schema.annotate("FUNCTION", function, "EXECUTE");
    if (draw.chance(15)) {
      schema.add("REVOKE EXECUTE ON FUNCTION " + function + " FROM PUBLIC");
    }
  }

  void onTables(List<Table> tables) {
    for (Table table : tables) {
      schema.times(0, 2).forEach(i -> trigger(table));
      if (draw.chance(25)) {
        rowSecurity(table);
      }
      if (draw.chance(10)) {
        schema.add("CREATE RULE %s AS ON %s TO %s DO %s NOTHING"
            .formatted(
                schema.name("rule"),
                draw.of("INSERT", "DELETE", "UPDATE"),
                table.name(),
                draw.of("INSTEAD", "ALSO")));
      }
    }
  }

  private void trigger(Table table) {
    String name = schema.name("tr");
    String column = draw.of(table.names());
    schema.add(draw.of(
            "CREATE TRIGGER %s BEFORE INSERT OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION %s('a', 'it''s')",
            "CREATE TRIGGER %s AFTER UPDATE OF " + column
                + " ON %s FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION %s()",
            "CREATE TRIGGER %s AFTER INSERT ON %s REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION %s()",
            "CREATE TRIGGER %s BEFORE TRUNCATE ON %s EXECUTE FUNCTION %s()",
            "CREATE CONSTRAINT TRIGGER %s AFTER INSERT ON %s DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION %s()")
        .formatted(name, table.name(), trigger));
    if (draw.chance(25)) {
      schema.add("ALTER TABLE %s %s TRIGGER %s"
          .formatted(table.name(), draw.of("DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA"), name));
    }
    if (draw.chance(20)) {
      schema.add("COMMENT ON TRIGGER %s ON %s IS 'fires'".formatted(name, table.name()));
    }
  }

  private void rowSecurity(Table table) {
    schema.add("ALTER TABLE %s ENABLE ROW LEVEL SECURITY%s"
        .formatted(table.name(), draw.maybe(30, ", FORCE ROW LEVEL SECURITY")));
    schema.times(0, 2).forEach(i -> {
      String policy = schema.name("pol");
      schema.add("CREATE POLICY %s ON %s%s"
          .formatted(
              policy,
              table.name(),
              draw.of(
                  " USING (true)",
                  " AS RESTRICTIVE TO pg_monitor USING (CURRENT_USER = 'x')",
                  " FOR INSERT WITH CHECK (" + table.names().get(0) + " IS NOT NULL)",
                  " FOR SELECT TO pg_monitor, pg_read_all_data USING (EXISTS (SELECT 1))",
                  " FOR UPDATE USING (false) WITH CHECK (true)")));
      if (draw.chance(20)) {
        schema.add("COMMENT ON POLICY %s ON %s IS 'who'".formatted(policy, table.name()));
      }
    });
  }
}
