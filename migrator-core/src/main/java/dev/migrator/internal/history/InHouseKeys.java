package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.List;

/** The keys of an in-house history that the rows which Migrator writes cannot keep. */
final class InHouseKeys {

  /** One that holds a column in which no two rows have the same refuses nothing; nor is one judged by columns of the tool's own. */
  private static final String UNIQUE = """
      WITH given AS (SELECT pg_catalog.to_regclass($1::text) AS history, $2::text AS name)
      SELECT CASE WHEN k.oid IS NULL THEN 'the unique index ' ELSE 'the constraint ' END
             || pg_catalog.quote_ident(c.relname) || ' of ' || g.name,
             CASE WHEN k.oid IS NULL THEN 'DROP INDEX ' || pg_catalog.quote_ident(n.nspname) || '.'
                  ELSE 'ALTER TABLE ' || g.name || ' DROP CONSTRAINT ' END || pg_catalog.quote_ident(c.relname)
        FROM given g
        JOIN pg_catalog.pg_index i ON i.indrelid = g.history AND i.indexprs IS NULL AND (i.indisunique OR i.indisexclusion)
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = g.history
       WHERE NOT EXISTS (SELECT
                           FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                            AND (a.attname IN ('id', 'sequence', 'executed_at') OR a.attname <> ALL ($3::text[])))
       ORDER BY c.relname
      """;

  private static final String REFERENCES = """
      SELECT pg_catalog.quote_ident(k.conname)
        FROM pg_catalog.pg_constraint k
       WHERE k.contype = 'f' AND k.conparentid = 0 AND k.conrelid = pg_catalog.to_regclass($1::text)
         AND k.confrelid = pg_catalog.to_regclass($2::text)
       ORDER BY k.conname
      """;

  private InHouseKeys() {}

  /** The unique ones, each with what to do: a migration has many rows in the history, of one action too. */
  static List<String> problems(Session session, InHouseTable history, TableFormat format) {
    return session.query(
        Command.of(
            UNIQUE,
            history.name(),
            history.name(),
            Identifiers.array(List.copyOf(format.columns().keySet()))),
        row -> row.text(1)
            + " lets a migration have one row of an action only, and a failed attempt, a rollback and the next application"
            + " have one each. Drop it: " + row.text(2));
  }

  /** The names, quoted, of those that let no migration leave the tracking table while the history tells of it. */
  static List<String> references(Session session, InHouseTable history, InHouseTable migrations) {
    return session.query(
        Command.of(REFERENCES, history.name(), migrations.name()), row -> row.text(1));
  }
}
