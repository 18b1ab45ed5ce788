package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.report.CheckReport;
import dev.migrator.report.CheckResult;
import java.util.stream.Collectors;

/** The command that writes to the history that a run was told to go on although its preflight failed. */
public final class CheckRecords {

  private static final String FORCED = """
      INSERT INTO %{history}
             (action, status, executed_by, environment, run_id, error_message, execution_time_ms, details)
      VALUES ('preflight', 'failed', $1::text, $2::text, $3::uuid, $4::text, $5::bigint,
              pg_catalog.jsonb_build_object('remark', 'forced', 'checks', $6::text[]))
      """;

  private final TrackingNames names;
  private final Attempt attempt;

  /** Commands for the tables of these names, in the name of this attempt. */
  public CheckRecords(TrackingNames names, Attempt attempt) {
    this.names = names;
    this.attempt = attempt;
  }

  /** Notes the checks that failed, and what they said. */
  public Command forced(CheckReport report) {
    return Command.of(
        names.fill(FORCED),
        attempt.by(),
        attempt.environment().stored(),
        attempt.runId().toString(),
        report.failed().stream()
            .map(result -> result.id() + ": " + result.answer())
            .collect(Collectors.joining("\n")),
        Long.toString(report.duration().toMillis()),
        Identifiers.array(report.failed().stream().map(CheckResult::id).toList()));
  }
}
