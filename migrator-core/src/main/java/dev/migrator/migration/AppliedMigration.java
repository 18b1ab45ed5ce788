package dev.migrator.migration;

import org.jspecify.annotations.Nullable;

/**
 * What the tracking table says of a migration, as far as it decides what is pending and what is wrong.
 *
 * @param migration its identity as recorded
 * @param status the recorded status
 * @param action what the status is the outcome of
 * @param transactional whether it was, or would have been, applied in one transaction; a failed transactional migration left
 *     nothing behind
 * @param checksum the checksum of the script that was applied; {@code null} for a baseline
 * @param rank its place in the order of application, from 1; {@code 0} for one that was not applied
 * @param errorMessage the error of the last attempt; {@code null} when there was none
 */
public record AppliedMigration(
    Migration migration,
    Status status,
    Action action,
    boolean transactional,
    @Nullable Checksum checksum,
    long rank,
    @Nullable String errorMessage) {

  /** The values of the column {@code status}. */
  public enum Status {
    /** Part of a run that is under way or that ended before it came to this migration. */
    PENDING,
    /** A non-transactional migration that was begun. */
    RUNNING,
    /** Applied. */
    COMPLETED,
    /** The last attempt failed. */
    FAILED
  }

  /** The values of the column {@code action}. */
  public enum Action {
    /** The migration itself. */
    APPLY,
    /** Its down script. */
    ROLLBACK
  }

  /** Whether the migration's effect is in the database, whole. */
  public boolean isApplied() {
    return status == Status.COMPLETED;
  }

  /** Whether it, or its rollback, stopped half-way and left something behind. */
  public boolean isPartial() {
    return (status == Status.RUNNING || status == Status.FAILED)
        && (!transactional || action == Action.ROLLBACK);
  }
}
