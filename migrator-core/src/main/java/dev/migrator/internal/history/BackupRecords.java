package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.report.BackupReport;
import java.util.Locale;

/** The command that writes down a backup. */
public final class BackupRecords {

  /** Once for each backup, however often a lost connection makes the run come by. */
  private static final String TAKEN = """
      INSERT INTO %{history}
             (action, status, executed_by, environment, run_id, execution_time_ms, details)
      SELECT 'backup', 'success', b.by, b.environment, b.run, b.took, b.details
        FROM (SELECT $1::text AS by, $2::text AS environment, $3::uuid AS run, $4::bigint AS took,
                     pg_catalog.jsonb_build_object(
                         'file', $5::text, 'format', $6::text, 'size', $7::bigint, 'sha256', $8::text, 'takenAt', $9::text,
                         'lsn', $10::text, 'restorePoint', $11::text) AS details) b
       WHERE NOT EXISTS (SELECT FROM %{history} h
                          WHERE h.run_id = b.run AND h.action = 'backup'
                            AND pg_catalog.jsonb_extract_path_text(h.details, 'file')
                                = pg_catalog.jsonb_extract_path_text(b.details, 'file'))
      """;

  static final String CHECKSUM = """
      SELECT pg_catalog.jsonb_extract_path_text(details, 'sha256')
        FROM %{history}
       WHERE action = 'backup' AND pg_catalog.jsonb_extract_path_text(details, 'file') = $1::text
       ORDER BY sequence DESC
       LIMIT 1
      """;

  private BackupRecords() {}

  /** The command for the tables of these names, in the name of this attempt. */
  public static Command taken(TrackingNames names, Attempt attempt, BackupReport report) {
    return Command.of(
        names.fill(TAKEN),
        attempt.by(),
        attempt.environment().stored(),
        attempt.runId().toString(),
        Long.toString(report.duration().toMillis()),
        report.file().getFileName().toString(),
        report.format().name().toLowerCase(Locale.ROOT),
        Long.toString(report.size()),
        report.checksum(),
        report.takenAt().toString(),
        report.lsn(),
        report.restorePoint());
  }
}
