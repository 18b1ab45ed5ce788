package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * The first look for the tracking table: whether it is in its schema and marked as ours. Nearly always that settles where
 * the history is, and with the cold caches of a new connection it takes half as long as looking for every table of that
 * name with its columns.
 *
 * @param candidate what is known of the table so far
 * @param exists whether something of its name is in its schema
 * @param alternatives whether another schema might hold a history instead
 */
record Look(Candidate candidate, boolean exists, boolean alternatives) {

  private static final String LOOK = """
      SELECT pg_catalog.current_database(), pg_catalog.current_schema(), w.schema, mark.description,
             w.found IS NOT NULL, w.alternatives
        FROM (SELECT c.schema, c.alternatives,
                     pg_catalog.to_regclass(pg_catalog.quote_ident(c.schema) || '.' || pg_catalog.quote_ident($1::text)) AS found
                FROM (SELECT coalesce(g.schema, pg_catalog.current_schema()) AS schema,
                             g.schema IS NULL AND pg_catalog.cardinality(pg_catalog.current_schemas(false)) > 1 AS alternatives
                        FROM (SELECT $2::text AS schema) g) c) w
        LEFT JOIN pg_catalog.pg_description mark
          ON mark.objoid = w.found AND mark.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND mark.objsubid = 0
      """;

  static Command command(@Nullable String schema, String table) {
    return Command.of(LOOK, table, schema);
  }

  static Look of(Row row) {
    boolean exists = row.flag(5);
    Candidate candidate = new Candidate(
        row.text(1), row.textOrNull(2), exists ? row.textOrNull(3) : null, row.textOrNull(4), null);
    return new Look(candidate, exists, row.flag(6));
  }

  boolean settles() {
    return exists ? candidate.hasOurMark() : !alternatives;
  }
}
