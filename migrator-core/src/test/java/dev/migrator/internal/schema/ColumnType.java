package dev.migrator.internal.schema;

import java.util.List;

/**
 * A type that a random column has.
 *
 * @param sql its name
 * @param family what can be done with it
 * @param defaults expressions of that type
 */
record ColumnType(String sql, Family family, List<String> defaults) {

  /** What can be done with a column. */
  enum Family {
    NUMBER,
    TEXT,
    RANGE,
    JSON,
    OTHER
  }

  static final List<ColumnType> SYSTEM = List.of(
      number("integer", "7", "-1", "1 + 2"),
      number("bigint", "0", "10000000000"),
      number("smallint", "1"),
      number("numeric", "1.50", "'NaN'"),
      number("numeric(10,2)", "0.1"),
      number("double precision", "0.1", "'Infinity'"),
      number("real", "1e10"),
      text("text", "'x'", "''", "'it''s'", "upper('x')", "CURRENT_USER", "E'a\\\\b\\n'"),
      text("character varying(20)", "'x'"),
      text("character varying", "'y'::text"),
      text("character(3)", "'abc'"),
      text("text[]", "'{}'", "ARRAY['a', NULL]"),
      new ColumnType("int4range", Family.RANGE, List.of("'[1,5)'", "'empty'")),
      new ColumnType("tstzrange", Family.RANGE, List.of("tstzrange(now(), NULL)")),
      new ColumnType("jsonb", Family.JSON, List.of("'{}'", "'{\"a\": [1]}'")),
      other("boolean", "true", "(NOT true)"),
      other("timestamp with time zone", "now()", "CURRENT_TIMESTAMP", "'2020-01-01 00:00+02'"),
      other("timestamp(3) without time zone", "LOCALTIMESTAMP"),
      other("date", "CURRENT_DATE", "'2020-02-29'", "'infinity'"),
      other("time with time zone", "'10:00+01'"),
      other("interval", "'1 year 2 days'", "'1 day'::interval * 2"),
      other("interval day to second(2)", "'1 day'"),
      other("uuid", "gen_random_uuid()"),
      other("bytea", "'\\x01ff'"),
      other("inet", "'10.0.0.1/8'"),
      other("point", "point(1,2)"),
      other("integer[]", "ARRAY[1,2]", "'{{1},{2}}'"),
      other("bit(3)", "B'101'"),
      other("bit varying(5)", "B'1'"),
      other("json", "'[]'"),
      other("\"char\"", "'c'"),
      other("name", "CURRENT_USER"),
      other("regclass", "'pg_catalog.pg_class'::regclass"),
      other("tsvector", "to_tsvector('english', 'a cat')"),
      other("macaddr", "'08:00:2b:01:02:03'"));

  static ColumnType number(String sql, String... defaults) {
    return new ColumnType(sql, Family.NUMBER, List.of(defaults));
  }

  static ColumnType text(String sql, String... defaults) {
    return new ColumnType(sql, Family.TEXT, List.of(defaults));
  }

  static ColumnType other(String sql, String... defaults) {
    return new ColumnType(sql, Family.OTHER, List.of(defaults));
  }
}
