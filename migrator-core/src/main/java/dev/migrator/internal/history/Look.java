package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * The first look for the tracking table: whether it is in its schema and marked as ours. Nearly always that settles where
 * the history is; and on a new connection, whose caches are cold, it takes a third of the time of a search for every table
 * of that name with its columns.
 *
 * @param candidate what is known of the table so far
 * @param alternatives whether another visible schema might hold a history instead
 */
record Look(Candidate candidate, boolean alternatives) {

  /** The short form of obj_description might find the comment of another kind of object; then the search decides. */
  private static final String LOOK = """
      SELECT pg_catalog.current_database(), pg_catalog.current_schema(),
             pg_catalog.to_regclass(wanted.name) IS NOT NULL,
             pg_catalog.obj_description(pg_catalog.to_regclass(wanted.name)),
             pg_catalog.cardinality(pg_catalog.current_schemas(false)) > 1
        FROM (SELECT pg_catalog.quote_ident(coalesce($1::text, pg_catalog.current_schema()))
                     || '.' || pg_catalog.quote_ident($2::text) AS name) wanted
      """;

  static Command command(@Nullable String schema, String table) {
    return Command.of(LOOK, schema, table);
  }

  /**
   * What a row says.
   *
   * @param configured the configured schema; {@code null} for {@code current_schema()}
   */
  static Look of(Row row, @Nullable String configured) {
    String currentSchema = row.textOrNull(2);
    String schema = configured == null ? currentSchema : configured;
    return new Look(
        new Candidate(
            row.text(1), currentSchema, row.flag(3) ? schema : null, row.textOrNull(4), null),
        configured == null && row.flag(5));
  }

  boolean settles() {
    return candidate.schema() == null ? !alternatives : candidate.hasOurMark();
  }
}
