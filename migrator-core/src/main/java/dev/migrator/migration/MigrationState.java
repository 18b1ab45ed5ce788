package dev.migrator.migration;

/** Where a migration stands when the scripts are compared with the tracking table. */
public enum MigrationState {
  /** Resolved, not applied: the next run applies it. */
  PENDING("pending"),
  /** Applied, and its script is what was applied. */
  APPLIED("applied"),
  /** The last attempt failed and left nothing behind: the next run tries it again. */
  FAILED("failed"),
  /** A non-transactional migration, or its rollback, that stopped half-way: nothing runs until that is settled. */
  PARTIALLY_APPLIED("partially applied"),
  /** Applied, but the script's content has changed since. */
  EDITED("edited"),
  /** Applied, but no location holds its script any more. */
  MISSING("missing"),
  /** Resolved and not applied, although a later version is applied. */
  OUT_OF_ORDER("out of order"),
  /** Applied by a newer release of the application, which knows scripts that this one does not have. */
  FUTURE("future"),
  /** The mark set by {@code baseline}. */
  BASELINE("baseline"),
  /** Resolved, but at or below the baseline: it counts as done and never runs. */
  BELOW_BASELINE("below baseline"),
  /**
   * Resolved, but not for this database: a baseline script where a history began otherwise, a repeatable one that another
   * release has replaced. The notes say why.
   */
  IGNORED("ignored");

  private final String words;

  MigrationState(String words) {
    this.words = words;
  }

  /** The state as a person reads it, for example {@code out of order}. */
  public String words() {
    return words;
  }
}
