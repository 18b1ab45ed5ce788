package dev.migrator.render;

import dev.migrator.report.DriftReport;
import dev.migrator.report.SchemaDiff;

/** Whether a schema is what it should be, as a person reads it. */
public final class DriftText {

  private DriftText() {}

  /** The verdict, and in what the two differ. */
  public static String of(DriftReport report) {
    StringBuilder text = new StringBuilder();
    SchemaDiff diff = report.diff();
    if (diff != null && (!diff.isEmpty() || !diff.notes().isEmpty())) {
      text.append(SchemaDiffText.of(diff));
    }
    text.append("The schema of ").append(report.database());
    if (!report.hasDrifted()) {
      return text.append(" agrees with ")
          .append(report.reference())
          .append(": ")
          .append(report.actual())
          .append('\n')
          .toString();
    }
    text.append(" differs from ").append(report.reference()).append(".\n");
    text.append("  expected ").append(report.expected()).append('\n');
    text.append("  found    ").append(report.actual()).append('\n');
    if (diff == null) {
      text.append(
          "Only the fingerprint was recorded. What differs: migrator drift --against replay; or let runs keep the snapshot"
              + " (--keep-snapshots).\n");
    }
    return text.toString();
  }
}
