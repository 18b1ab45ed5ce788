package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.text.Identifiers;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The commands that write and read what the schema was: before migrations in the tracking table, after runs in the history. */
public final class SchemaRecords {

  /** What the history calls it; it has no version. */
  static final String ACTION = "fingerprint";

  /** What an earlier attempt wrote does not count any more. */
  private static final String BEFORE = """
      UPDATE %{migrations}
         SET schema_fingerprint = CASE WHEN version = $1::text THEN $2::text END
       WHERE version = ANY ($3::text[])
      """;

  private static final String AFTER = """
      INSERT INTO %{history}
             (action, status, executed_by, environment, run_id, schema_fingerprint, schema_snapshot, execution_time_ms,
              details)
      VALUES ('fingerprint', 'success', $1::text, $2::text, $3::uuid, $4::text, pg_catalog.decode($5::text, 'base64'),
              $6::bigint, pg_catalog.jsonb_build_object('schemas', $7::text[]))
      """;

  static final String READ_BEFORE =
      "SELECT version, schema_fingerprint FROM %{migrations} WHERE schema_fingerprint IS NOT NULL";

  /**
   * The latest, and whether the schema may have been changed by migrations since then. What failed in a transaction has
   * changed nothing.
   */
  private static final String READ_LATEST = """
      SELECT h.schema_fingerprint, pg_catalog.encode(h.schema_snapshot, 'base64'), h.executed_at::text,
             NOT EXISTS (SELECT FROM %{history} l
                          WHERE l.sequence > h.sequence AND l.action IN ('apply', 'rollback')
                            AND NOT (l.action = 'apply' AND l.status = 'failed'
                                     AND EXISTS (SELECT FROM %{migrations} m
                                                  WHERE m.version = l.version AND m.transactional))),
             coalesce(pg_catalog.jsonb_extract_path(h.details, 'schemas') = pg_catalog.to_jsonb($1::text[]), true)
        FROM %{history} h
       WHERE h.action = 'fingerprint' AND h.schema_fingerprint IS NOT NULL
       ORDER BY h.sequence DESC
       LIMIT 1
      """;

  /** The fingerprint before a migration is that of its first application: to apply it again changes nothing of that. */
  private static final String BEGUN = """
      WITH begun AS (
        SELECT coalesce(pg_catalog.max(sequence)
                          FILTER (WHERE status = 'success'
                                    AND pg_catalog.jsonb_extract_path_text(details, 'remark')
                                        IS DISTINCT FROM 'applied again'),
                        pg_catalog.max(sequence)) AS sequence
          FROM %{history}
         WHERE version = $1::text AND action = 'apply'
      )
      """;

  private static final String APPLIED_SINCE = BEGUN + """
      SELECT DISTINCT a.version
        FROM %{history} a, begun
       WHERE a.sequence > begun.sequence AND a.action = 'apply' AND a.status = 'success' AND a.version <> ALL ($2::text[])
         AND NOT EXISTS (SELECT FROM %{history} r
                          WHERE r.sequence > a.sequence AND r.version = a.version AND r.action = 'rollback'
                            AND r.status = 'success')
       ORDER BY a.version
      """;

  /** The run that recorded the fingerprint before a migration is the first that recorded one after it. */
  private static final String RECORDED_WITH = BEGUN + """
      SELECT coalesce(pg_catalog.jsonb_extract_path(f.details, 'schemas') = pg_catalog.to_jsonb($2::text[]), true)
        FROM %{history} f, begun
       WHERE f.sequence > begun.sequence AND f.action = 'fingerprint'
       ORDER BY f.sequence
       LIMIT 1
      """;

  private final TrackingNames names;
  private final Attempt attempt;

  /** Commands for the tables of these names, in the name of this attempt. */
  public SchemaRecords(TrackingNames names, Attempt attempt) {
    this.names = names;
    this.attempt = attempt;
  }

  /**
   * Notes the fingerprint before a migration.
   *
   * @param id the migration, whose row is there; {@code null} for none of them
   * @param fingerprint the fingerprint
   * @param ids the migrations of which a fingerprint of an earlier attempt is forgotten, that one included
   */
  public Command before(@Nullable String id, @Nullable String fingerprint, List<String> ids) {
    return Command.of(names.fill(BEFORE), id, fingerprint, Identifiers.array(ids));
  }

  static Command latest(TrackingNames names, Collection<String> schemas) {
    return Command.of(names.fill(READ_LATEST), array(schemas));
  }

  static Command recordedWith(TrackingNames names, String version, Collection<String> schemas) {
    return Command.of(names.fill(RECORDED_WITH), version, array(schemas));
  }

  /** However they were named. */
  private static String array(Collection<String> schemas) {
    return Identifiers.array(new TreeSet<>(schemas));
  }

  static Command appliedSince(TrackingNames names, String version, List<String> but) {
    return Command.of(names.fill(APPLIED_SINCE), version, Identifiers.array(but));
  }

  /**
   * Notes the fingerprint after a run.
   *
   * @param snapshot the snapshot, compressed, in base64; {@code null} where it is not kept
   * @param tookMs how long it took to take it
   * @param schemas which schemas it is about; empty for all
   */
  public Command after(
      String fingerprint, @Nullable String snapshot, long tookMs, Collection<String> schemas) {
    return Command.of(
        names.fill(AFTER),
        attempt.by(),
        attempt.environment().stored(),
        attempt.runId().toString(),
        fingerprint,
        snapshot,
        Long.toString(tookMs),
        array(schemas));
  }

  /**
   * What the last run left.
   *
   * @param fingerprint the fingerprint
   * @param snapshot the snapshot, compressed, in base64; {@code null} where it was not kept
   * @param at when, as the server writes it
   * @param latest whether no migration was applied or rolled back since
   * @param sameSchemas whether it is about the schemas that count now
   */
  public record Recorded(
      String fingerprint,
      @Nullable String snapshot,
      String at,
      boolean latest,
      boolean sameSchemas) {

    static Recorded of(Row row) {
      return new Recorded(row.text(1), row.textOrNull(2), row.text(3), row.flag(4), row.flag(5));
    }
  }
}
