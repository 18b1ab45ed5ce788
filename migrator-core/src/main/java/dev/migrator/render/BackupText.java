package dev.migrator.render;

import dev.migrator.internal.text.Redaction;
import dev.migrator.report.BackupReport;
import dev.migrator.report.RestoreReport;
import java.util.Locale;

/** Backups, and what was brought back, as a person reads of them. */
public final class BackupText {

  private BackupText() {}

  /** What was written, and how it is brought back. */
  public static String of(BackupReport report) {
    StringBuilder text = new StringBuilder(256);
    text.append(line(report)).append('\n');
    text.append("  SHA-256: ").append(report.checksum()).append('\n');
    if (report.lsn() != null) {
      text.append("  LSN: ").append(report.lsn()).append('\n');
    }
    if (report.restorePoint() != null) {
      text.append("  Restore point: ").append(report.restorePoint()).append('\n');
    }
    for (String command :
        report.restore().subList(0, Math.min(1, report.restore().size()))) {
      text.append("  To bring it back: ").append(Redaction.redact(command)).append('\n');
    }
    return text.toString();
  }

  /** The same in one line. */
  static String line(BackupReport report) {
    return "Backup " + report.file() + " (" + report.format().name().toLowerCase(Locale.ROOT) + ", "
        + report.size() + " bytes, " + TextReport.duration(report.duration()) + ").";
  }

  /** What was brought back, and where it is. */
  public static String of(RestoreReport report) {
    StringBuilder text = new StringBuilder(256);
    text.append("Brought back ")
        .append(report.file())
        .append(" into the database ")
        .append(report.database())
        .append(" (")
        .append(TextReport.duration(report.duration()))
        .append(").\n");
    if (report.replaced() != null) {
      text.append("  The database that was there before is kept as ")
          .append(report.replaced())
          .append("; drop it when nobody needs it any more.\n");
    }
    return text.toString();
  }
}
