package dev.migrator.report;

import java.time.Duration;
import java.util.List;

/**
 * The checks before a run, or those after it.
 *
 * @param phase which of them
 * @param results the answers, in the order of the questions
 * @param forced whether checks failed and the run was told to go on nevertheless
 * @param duration how long asking took
 */
public record CheckReport(
    Phase phase, List<CheckResult> results, boolean forced, Duration duration) {

  /** When the checks were made. */
  public enum Phase {
    PREFLIGHT,
    POSTFLIGHT
  }

  /** Keeps a copy. */
  public CheckReport {
    results = List.copyOf(results);
  }

  /** The same, after which the run goes on although checks failed. */
  public CheckReport asForced() {
    return new CheckReport(phase, results, true, duration);
  }

  /** How many checks went that way. */
  public long count(CheckResult.Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }

  /** The checks that failed, forced or not. */
  public List<CheckResult> failed() {
    return results.stream()
        .filter(result -> result.outcome() == CheckResult.Outcome.FAILED)
        .toList();
  }
}
