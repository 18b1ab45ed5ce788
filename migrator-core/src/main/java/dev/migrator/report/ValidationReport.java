package dev.migrator.report;

import dev.migrator.migration.Migration;
import dev.migrator.migration.Mismatch;
import java.util.List;

/**
 * Whether scripts and tracking table agree.
 *
 * @param mismatches every disagreement that would stop a run
 * @param notes what would not stop it: migrations of a newer release, checksums that cannot be compared
 * @param pending migrations that wait to be applied, in order; they are not a disagreement
 */
public record ValidationReport(
    List<Mismatch> mismatches, List<String> notes, List<Migration> pending) {

  /** Keeps copies. */
  public ValidationReport {
    mismatches = List.copyOf(mismatches);
    notes = List.copyOf(notes);
    pending = List.copyOf(pending);
  }

  /** Whether there is no disagreement. */
  public boolean isValid() {
    return mismatches.isEmpty();
  }
}
