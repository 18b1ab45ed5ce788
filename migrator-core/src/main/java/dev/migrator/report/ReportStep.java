package dev.migrator.report;

import dev.migrator.migration.Migration;
import java.time.Duration;
import java.util.List;

/**
 * One migration that an operation dealt with.
 *
 * @param action what was done with it
 * @param migration the migration
 * @param statements how many statements ran
 * @param transactional whether they ran in one transaction
 * @param duration how long the step took, as the client saw it; where all steps share one transaction, how long that took
 * @param notices what the server said meanwhile ({@code RAISE NOTICE}, {@code WARNING}), one line each
 * @param leaked session state that the script changed and that was reset after it, for example {@code search_path}
 * @param locks the strong locks that it took on what was there before, in the order in which it took them; empty where its
 *     text does not tell, as for a Java migration
 * @param remark what was done, where the action alone does not say it; else empty
 */
public record ReportStep(
    Action action,
    Migration migration,
    int statements,
    boolean transactional,
    Duration duration,
    List<String> notices,
    List<String> leaked,
    List<HeldLock> locks,
    String remark) {

  /** Keeps copies. */
  public ReportStep {
    notices = List.copyOf(notices);
    leaked = List.copyOf(leaked);
    locks = List.copyOf(locks);
  }
}
