package dev.migrator.internal.history;

import dev.migrator.internal.history.Records.Allowed;
import dev.migrator.internal.history.Records.Subject;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.Migration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands that write the history: what a run did, row after row. */
final class HistoryRecords {

  private static final String ROW = """
      INSERT INTO %{history}
             (version, version_key, name, action, status, executed_by, environment, run_id, checksum, checksum_algorithm,
              error_message, details, execution_time_ms)
      VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::uuid, $9::text, $10::text,
              $11::text, pg_catalog.jsonb_build_object('remark', $12::text), coalesce($13::bigint, %{sinceBegin}))
      """;

  /** Apart, because nearly every row is one. */
  private static final String SUCCESS = """
      INSERT INTO %{history}
             (version, version_key, name, action, status, executed_by, environment, run_id, checksum, checksum_algorithm,
              execution_time_ms, details)
      VALUES ($1::text, $2::text, $3::text, $4::text, 'success', $5::text, $6::text, $7::uuid, $8::text, $9::text,
              coalesce($10::bigint, %{sinceBegin}),
              CASE WHEN $11::boolean THEN pg_catalog.jsonb_build_object('remark', 'applied again') END)
      """;

  /** With the rules of the lint that it was allowed to break, and why. */
  private static final String ALLOWED = """
      INSERT INTO %{history}
             (version, version_key, name, action, status, executed_by, environment, run_id, checksum, checksum_algorithm,
              execution_time_ms, details)
      VALUES ($1::text, $2::text, $3::text, $4::text, 'success', $5::text, $6::text, $7::uuid, $8::text, $9::text,
              coalesce($10::bigint, %{sinceBegin}),
              pg_catalog.jsonb_build_object('allowed', (
                SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('rule', a.rule, 'reason', a.reason) ORDER BY a.place)
                  FROM ROWS FROM (pg_catalog.unnest($12::text[]), pg_catalog.unnest($13::text[]))
                       WITH ORDINALITY AS a (rule, reason, place)))
              OPERATOR(pg_catalog.||)
              CASE WHEN $11::boolean THEN pg_catalog.jsonb_build_object('remark', 'applied again') ELSE '{}'::jsonb END)
      """;

  private final String row;
  private final String success;
  private final TrackingNames names;
  private final Attempt attempt;
  private final Map<Migration, List<Allowed>> allowed;

  HistoryRecords(TrackingNames names, Attempt attempt, Map<Migration, List<Allowed>> allowed) {
    this.row = fill(names, ROW);
    this.success = fill(names, SUCCESS);
    this.names = names;
    this.attempt = attempt;
    this.allowed = allowed;
  }

  /**
   * Something was done with a migration.
   *
   * @param action what
   * @param took how long; {@code null} for the time since {@link ScriptSettings#inTransaction}
   */
  Command succeeded(String action, Subject subject, @Nullable Duration took) {
    Migration migration = subject.migration();
    List<@Nullable String> values = new ArrayList<@Nullable String>(Arrays.<@Nullable String>asList(
        migration.id(),
        migration.key(),
        migration.name(),
        action,
        attempt.by(),
        attempt.environment().stored(),
        attempt.runId().toString(),
        subject.checksumValue(),
        subject.checksumAlgorithm(),
        Records.millis(took),
        Boolean.toString(subject.again())));
    List<Allowed> allowances = allowed.getOrDefault(migration, List.of());
    if (allowances.isEmpty()) {
      return Command.of(success, values.toArray(new String[0]));
    }
    values.add(Identifiers.array(allowances.stream().map(Allowed::rule).toList()));
    values.add(Identifiers.array(allowances.stream().map(Allowed::reason).toList()));
    return Command.of(fill(names, ALLOWED), values.toArray(new String[0]));
  }

  /** It failed. */
  Command failed(String action, Subject subject, String error, Duration took) {
    return row(action, "failed", subject, error, null, took);
  }

  /** A disagreement about it was settled. */
  Command repaired(Subject subject, String remark) {
    return row("repair", "success", subject, null, remark, Duration.ZERO);
  }

  private Command row(
      String action,
      String status,
      Subject subject,
      @Nullable String error,
      @Nullable String remark,
      Duration took) {
    Migration migration = subject.migration();
    return Command.of(
        row,
        migration.id(),
        migration.key(),
        migration.name(),
        action,
        status,
        attempt.by(),
        attempt.environment().stored(),
        attempt.runId().toString(),
        subject.checksumValue(),
        subject.checksumAlgorithm(),
        error,
        remark,
        Records.millis(took));
  }

  private static String fill(TrackingNames names, String sql) {
    return names.fill(sql).replace("%{sinceBegin}", ScriptSettings.MILLISECONDS_SINCE);
  }
}
