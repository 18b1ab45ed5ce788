package dev.migrator.config;

/** What happens to the migrations that a run has completed when a later one of it fails. */
public enum FailurePolicy {
  /** They stay applied, and the next run goes on behind them. The default. */
  KEEP,
  /**
   * They are rolled back with their down scripts, latest first, so that the database is as it was before the run. A run
   * with a migration that has no down script is refused before it begins. Where the failed one stopped half-way, or where
   * the run was cancelled or lost its connection, nothing is rolled back.
   */
  ROLL_BACK
}
