package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.JournalEntry.CatalogBefore;
import dev.migrator.migration.Migration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The commands that write the journal: how far a migration without a transaction came, statement by statement. */
public final class JournalRecords {

  private static final String BEGIN = """
      INSERT INTO %{journal} (version_key, ordinal, action, statement_checksum, run_id, details)
      VALUES ($1::text, $2::integer, $3::text, $4::text, $5::uuid,
              nullif(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object(
                  'object', $6::bigint, 'name', $7::text, 'indexes', pg_catalog.to_jsonb($8::bigint[]))), '{}'::jsonb))
          ON CONFLICT (version_key, action, ordinal) DO UPDATE
         SET statement_checksum = excluded.statement_checksum, run_id = excluded.run_id, details = excluded.details,
             started_at = pg_catalog.clock_timestamp(), finished_at = NULL
      """;

  /** Statements that share a transaction with these rows. */
  private static final String TOGETHER = """
      INSERT INTO %{journal} (version_key, ordinal, action, statement_checksum, run_id, started_at, finished_at)
      SELECT $1::text, $2::integer + s.place::integer - 1, $3::text, s.checksum, $4::uuid,
             pg_catalog.transaction_timestamp(), pg_catalog.clock_timestamp()
        FROM pg_catalog.unnest($5::text[]) WITH ORDINALITY AS s (checksum, place)
          ON CONFLICT (version_key, action, ordinal) DO UPDATE
         SET statement_checksum = excluded.statement_checksum, run_id = excluded.run_id, details = NULL,
             started_at = excluded.started_at, finished_at = excluded.finished_at
      """;

  private static final String FINISH = """
      UPDATE %{journal} SET finished_at = pg_catalog.clock_timestamp()
       WHERE version_key = $1::text AND action = $2::text AND ordinal = $3::integer
      """;

  private static final String KEEP = """
      UPDATE %{journal}
         SET details = coalesce(details, '{}'::jsonb)
                       || pg_catalog.jsonb_build_object('settings', pg_catalog.jsonb_object($4::text[], $5::text[]))
       WHERE version_key = $1::text AND action = $2::text AND ordinal = $3::integer
      """;

  private static final String FAIL = """
      UPDATE %{journal} SET details = coalesce(details, '{}'::jsonb) || '{"failed": true}'::jsonb
       WHERE version_key = $1::text AND action = $2::text AND ordinal = $3::integer
      """;

  private static final String CLEAR = "DELETE FROM %{journal} WHERE version_key = $1::text";

  private final TrackingNames names;
  private final UUID runId;

  JournalRecords(TrackingNames names, UUID runId) {
    this.names = names;
    this.runId = runId;
  }

  /**
   * Notes that a statement begins.
   *
   * @param action {@code apply} or {@code rollback}
   * @param before what the catalog holds now
   */
  public Command begins(
      Migration migration, String action, int ordinal, String checksum, CatalogBefore before) {
    List<Long> indexes = before.indexes();
    return command(
        BEGIN,
        migration.key(),
        Integer.toString(ordinal),
        action,
        checksum,
        runId.toString(),
        before.object() == null ? null : before.object().toString(),
        before.name(),
        indexes == null
            ? null
            : Identifiers.array(indexes.stream().map(String::valueOf).toList()));
  }

  /** Notes that a statement is done. */
  public Command finished(Migration migration, String action, int ordinal) {
    return command(FINISH, migration.key(), action, Integer.toString(ordinal));
  }

  /**
   * Notes that statements are done which share the transaction of this command.
   *
   * @param first the place of the first of them
   * @param checksums theirs, in order
   */
  public Command together(Migration migration, String action, int first, List<String> checksums) {
    return command(
        TOGETHER,
        migration.key(),
        Integer.toString(first),
        action,
        runId.toString(),
        Identifiers.array(checksums));
  }

  /** Notes what a statement that is done has set for the session. */
  public Command keeps(
      Migration migration, String action, int ordinal, Map<String, String> settings) {
    List<String> names = List.copyOf(settings.keySet());
    return command(
        KEEP,
        migration.key(),
        action,
        Integer.toString(ordinal),
        Identifiers.array(names),
        Identifiers.array(names.stream().map(settings::get).toList()));
  }

  /** Notes that a statement that was begun has not happened. */
  public Command failed(Migration migration, String action, int ordinal) {
    return command(FAIL, migration.key(), action, Integer.toString(ordinal));
  }

  /** Empties the journal of a migration. */
  public Command clear(Migration migration) {
    return command(CLEAR, migration.key());
  }

  private Command command(String sql, @Nullable String... parameters) {
    return Command.of(names.fill(sql), parameters);
  }
}
