package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The commands that write to the tracking tables. They are values, so that they can travel in the message of the work that
 * they record.
 *
 * <p>Time is the server's. Where a migration runs in one transaction, its duration counts from {@link ScriptSettings#inTransaction}.
 */
public final class Records {

  private static final String COMPLETED = """
      INSERT INTO %{migrations} AS m
             (version, version_key, name, kind, script, checksum, checksum_algorithm, applied_by, run_id, transactional,
              applied_rank, execution_time_ms, applied_at, status, action)
      VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::uuid, $10::boolean,
              $11::bigint, coalesce($12::bigint, %{sinceBegin}), pg_catalog.clock_timestamp(),
              CASE WHEN %{proof} = 1 THEN 'completed' END, 'apply')
          ON CONFLICT (version_key) DO UPDATE
         SET version = excluded.version, name = excluded.name, kind = excluded.kind, script = excluded.script,
             checksum = excluded.checksum, checksum_algorithm = excluded.checksum_algorithm,
             applied_by = excluded.applied_by, run_id = excluded.run_id, transactional = excluded.transactional,
             applied_rank = excluded.applied_rank, execution_time_ms = excluded.execution_time_ms,
             applied_at = excluded.applied_at, action = 'apply', error_message = NULL,
             status = CASE WHEN m.status <> 'completed' OR $13::boolean THEN excluded.status
                           ELSE ('%{raised}another session has applied ' || m.version)::integer::text END
      """;

  /** {@code running} and {@code failed}: an attempt that is not, or not yet, a success. */
  private static final String ATTEMPTED = """
      INSERT INTO %{migrations} AS m
             (version, version_key, name, kind, script, checksum, checksum_algorithm, applied_by, run_id, transactional,
              status, error_message, execution_time_ms, action)
      VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::uuid, $10::boolean,
              $11::text, $12::text, $13::bigint, 'apply')
          ON CONFLICT (version_key) DO UPDATE
         SET version = excluded.version, name = excluded.name, kind = excluded.kind, script = excluded.script,
             checksum = excluded.checksum, checksum_algorithm = excluded.checksum_algorithm, applied_by = excluded.applied_by, run_id = excluded.run_id,
             transactional = excluded.transactional, status = excluded.status, error_message = excluded.error_message,
             execution_time_ms = excluded.execution_time_ms, action = 'apply'
       WHERE m.status <> 'completed' OR $14::boolean
      """;

  private static final String ROLLBACK_ATTEMPTED = """
      UPDATE %{migrations}
         SET status = $1::text, error_message = $2::text, action = 'rollback', run_id = $3::uuid
       WHERE version = $4::text
      """;

  private static final String ROLLBACK_ABANDONED = """
      UPDATE %{migrations} SET status = 'completed', error_message = NULL, action = 'apply' WHERE version = $1::text
      """;

  /** With the content that was applied last, for that of the attempt is not in the database. */
  private static final String REAPPLICATION_ABANDONED = """
      UPDATE %{migrations} m
         SET status = 'completed', error_message = NULL, checksum = coalesce(h.checksum, m.checksum),
             checksum_algorithm = CASE WHEN h.checksum IS NULL THEN m.checksum_algorithm ELSE h.checksum_algorithm END
        FROM (SELECT 1) one
        LEFT JOIN LATERAL (SELECT h.checksum, h.checksum_algorithm
                             FROM %{history} h
                            WHERE h.version = $1::text AND h.action <> 'rollback' AND h.status = 'success'
                            ORDER BY h.sequence DESC
                            LIMIT 1) h ON true
       WHERE m.version = $2::text
      """;

  private static final String STORE_SCRIPT = """
      INSERT INTO %{scripts} (version, version_key, script, content, checksum, checksum_algorithm)
      VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text)
          ON CONFLICT (version_key) DO UPDATE
         SET version = excluded.version, script = excluded.script, content = excluded.content,
             checksum = excluded.checksum, checksum_algorithm = excluded.checksum_algorithm,
             stored_at = pg_catalog.clock_timestamp()
      """;

  private static final String CHECKSUM = """
      UPDATE %{migrations} SET checksum = $1::text, checksum_algorithm = $2::text, name = $3::text, script = $4::text
       WHERE version = $5::text
      """;

  private static final String FORGET =
      "DELETE FROM %{migrations} WHERE version = $1::text AND %{proof} = 1";
  private static final String FORGET_SCRIPT = "DELETE FROM %{scripts} WHERE version = $1::text";
  private static final String FORGET_PENDING = "DELETE FROM %{migrations} WHERE status = 'pending'";

  private static final String PENDING = """
      INSERT INTO %{migrations}
             (run_id, version, version_key, name, script, checksum, checksum_algorithm, transactional, applied_rank, kind,
              status)
      SELECT $1::uuid, version, version_key, name, script, checksum, algorithm, transactional, rank, kind, 'pending'
        FROM ROWS FROM (
             pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]), pg_catalog.unnest($4::text[]),
             pg_catalog.unnest($5::text[]), pg_catalog.unnest($6::text[]), pg_catalog.unnest($7::text[]),
             pg_catalog.unnest($8::boolean[]), pg_catalog.unnest($9::bigint[]), pg_catalog.unnest($10::text[]))
             AS p (version, version_key, name, script, checksum, algorithm, transactional, rank, kind)
          ON CONFLICT DO NOTHING
      """;

  private final TrackingNames names;
  private final Attempt attempt;
  private final Proof proof;
  private final JournalRecords journal;
  private final HistoryRecords history;
  private final Map<String, String> filled = new HashMap<>();

  /**
   * Commands for the tables of these names, in the name of this attempt.
   *
   * @param proof goes into what completes a step
   */
  public Records(TrackingNames names, Attempt attempt, Proof proof) {
    this(names, attempt, proof, Map.of());
  }

  private Records(
      TrackingNames names, Attempt attempt, Proof proof, Map<Migration, List<Allowed>> allowed) {
    this.names = names;
    this.attempt = attempt;
    this.proof = proof;
    this.journal = new JournalRecords(names, attempt.runId());
    this.history = new HistoryRecords(names, attempt, allowed);
  }

  /** The same commands; the history says what migrations were allowed. */
  public Records allowing(Map<Migration, List<Allowed>> allowed) {
    return allowed.isEmpty() ? this : new Records(names, attempt, proof, allowed);
  }

  /**
   * A rule that a migration may break.
   *
   * @param rule its id
   * @param reason why
   */
  public record Allowed(String rule, String reason) {}

  /** The commands that write the journal. */
  public JournalRecords journal() {
    return journal;
  }

  /**
   * What a record proves while it is written.
   *
   * @param expression SQL that is 1, or an error when the lock is lost
   * @param raised how the text of an error begins that a record raises on purpose
   */
  public record Proof(String expression, String raised) {}

  /**
   * A migration and what its rows say of it.
   *
   * @param migration its identity
   * @param checksum of its script; {@code null} for a baseline
   * @param transactional whether it runs in one transaction
   * @param again whether it is applied already and run once more
   */
  public record Subject(
      Migration migration, @Nullable Checksum checksum, boolean transactional, boolean again) {

    /** A migration that is not run once more. */
    public Subject(Migration migration, @Nullable Checksum checksum, boolean transactional) {
      this(migration, checksum, transactional, false);
    }

    @Nullable
    String checksumValue() {
      return checksum == null ? null : checksum.value();
    }

    @Nullable
    String checksumAlgorithm() {
      return checksum == null ? null : checksum.algorithm();
    }
  }

  /**
   * Records a migration as applied, in the tracking table and in the history.
   *
   * @param action what the history calls it: {@code apply} or {@code baseline}
   * @param rank its place in the order of application
   * @param took its duration; {@code null} for the time since {@link ScriptSettings#inTransaction}
   */
  public List<Command> completed(
      Subject subject, String action, long rank, @Nullable Duration took) {
    return List.of(
        command(
            COMPLETED,
            tracked(subject, Long.toString(rank), millis(took), Boolean.toString(subject.again()))),
        history.succeeded(action, subject, took));
  }

  /** Keeps a down script for the day when this release is not at hand. */
  public Command storeScript(Migration migration, String path, String content, Checksum checksum) {
    return command(
        STORE_SCRIPT,
        migration.id(),
        migration.key(),
        path,
        content,
        checksum.value(),
        checksum.algorithm());
  }

  /** Records that a migration was rolled back: its row and its stored script go, the history stays. */
  public List<Command> rolledBack(Subject subject, @Nullable Duration took) {
    String id = subject.migration().id();
    return List.of(
        command(FORGET, id),
        command(FORGET_SCRIPT, id),
        journal.clear(subject.migration()),
        history.succeeded("rollback", subject, took));
  }

  /** Records that a non-transactional migration begins. */
  public Command running(Subject subject) {
    return command(
        ATTEMPTED, tracked(subject, "running", null, null, Boolean.toString(subject.again())));
  }

  /** Records that a non-transactional rollback begins. */
  public Command rollbackRunning(Migration migration) {
    return command(ROLLBACK_ATTEMPTED, "running", null, attempt.runId().toString(), migration.id());
  }

  /** Records that a migration failed; one that is run once more, in a transaction, stays the applied one that it was. */
  public List<Command> failed(Subject subject, String error, Duration took) {
    List<Command> commands = new ArrayList<>();
    if (!subject.again() || !subject.transactional()) {
      commands.add(command(
          ATTEMPTED,
          tracked(subject, "failed", error, millis(took), Boolean.toString(subject.again()))));
    }
    commands.add(history.failed("apply", subject, error, took));
    return commands;
  }

  /** Records that a rollback failed; one in a transaction changed nothing, so only the history tells. */
  public List<Command> rollbackFailed(
      Subject subject, boolean transactional, String error, Duration took) {
    List<Command> commands = new ArrayList<>();
    if (!transactional) {
      commands.add(command(
          ROLLBACK_ATTEMPTED,
          "failed",
          error,
          attempt.runId().toString(),
          subject.migration().id()));
    }
    commands.add(history.failed("rollback", subject, error, took));
    return commands;
  }

  /**
   * Shows what a run is going to do, in one statement; what an earlier run left so is forgotten.
   *
   * @param rank the place that each will have in the order of application
   */
  public List<Command> pending(List<Subject> subjects, ToLongFunction<Migration> rank) {
    return List.of(
        command(FORGET_PENDING),
        command(
            PENDING,
            attempt.runId().toString(),
            array(subjects, s -> s.migration().id()),
            array(subjects, s -> s.migration().key()),
            array(subjects, s -> s.migration().name()),
            array(subjects, s -> s.migration().script()),
            array(subjects, s -> String.valueOf(s.checksumValue())),
            array(subjects, s -> String.valueOf(s.checksumAlgorithm())),
            array(subjects, s -> Boolean.toString(s.transactional())),
            array(subjects, s -> Long.toString(rank.applyAsLong(s.migration()))),
            array(subjects, s -> s.migration().kind().stored())));
  }

  /** Forgets an attempt, so that the next run begins the migration again. */
  public List<Command> forgetAttempt(Subject subject, String remark) {
    return List.of(
        command(FORGET, subject.migration().id()),
        journal.clear(subject.migration()),
        history.repaired(subject, remark));
  }

  /** Makes a migration whose rollback stopped half-way an applied one again, so that the rollback can be repeated. */
  public List<Command> abandonRollback(Subject subject, String remark) {
    return List.of(
        command(ROLLBACK_ABANDONED, subject.migration().id()),
        journal.clear(subject.migration()),
        history.repaired(subject, remark));
  }

  /** Makes a migration that stopped half-way when it was applied again an applied one, as it was before. */
  public List<Command> abandonReapplication(Subject subject, String remark) {
    String id = subject.migration().id();
    return List.of(
        command(REAPPLICATION_ABANDONED, id, id),
        journal.clear(subject.migration()),
        history.repaired(subject, remark));
  }

  /** Accepts a script's present content as what was applied. */
  public List<Command> acceptChecksum(String id, Subject subject, String remark) {
    return List.of(
        command(
            CHECKSUM,
            subject.checksumValue(),
            subject.checksumAlgorithm(),
            subject.migration().name(),
            subject.migration().script(),
            id),
        history.repaired(subject, remark));
  }

  /** Notes what an operator said of a statement whose outcome nobody knew. */
  public List<Command> settled(Subject subject, Command journaled, String remark) {
    return List.of(journaled, history.repaired(subject, remark));
  }

  /** The ten columns that every row of the tracking table has, and what comes after them. */
  private @Nullable String[] tracked(Subject subject, @Nullable String... more) {
    Migration migration = subject.migration();
    List<@Nullable String> values = new ArrayList<>();
    values.add(migration.id());
    values.add(migration.key());
    values.add(migration.name());
    values.add(migration.kind().stored());
    values.add(migration.script());
    values.add(subject.checksumValue());
    values.add(subject.checksumAlgorithm());
    values.add(attempt.by());
    values.add(attempt.runId().toString());
    values.add(Boolean.toString(subject.transactional()));
    values.addAll(Arrays.asList(more));
    return values.toArray(new String[0]);
  }

  private Command command(String sql, @Nullable String... parameters) {
    return Command.of(filled.computeIfAbsent(sql, this::fill), parameters);
  }

  private String fill(String sql) {
    return names
        .fill(sql)
        .replace("%{sinceBegin}", ScriptSettings.MILLISECONDS_SINCE)
        .replace("%{proof}", proof.expression())
        .replace("%{raised}", proof.raised());
  }

  static @Nullable String millis(@Nullable Duration took) {
    return took == null ? null : Long.toString(took.toMillis());
  }

  private static String array(List<Subject> subjects, Function<Subject, String> part) {
    return Identifiers.array(subjects.stream().map(part).toList());
  }
}
