package dev.migrator.migration;

/**
 * Why an operation ended without success: stable names, each with the exit code of a process that ends for it.
 *
 * <p>Names and exit codes never change once released; new ones may be added.
 */
public enum FailureCode {
  /** A setting, an option or a combination of them cannot be used. */
  CONFIGURATION_INVALID(5),
  /** A location does not exist or cannot be read. */
  LOCATION_NOT_FOUND(5),
  /** A location holds no migration, and that was not allowed. */
  LOCATION_EMPTY(5),
  /** A file in a location is not named like a migration, or its folder can be read in two ways. */
  SCRIPT_NAME_INVALID(5),
  /** Two scripts have the same version. */
  DUPLICATE_VERSION(5),
  /** A script cannot be read: not UTF-8, an unfinished string, a line that PostgreSQL would never see. */
  SCRIPT_UNREADABLE(5),
  /** A script holds something that Migrator refuses to run, such as its own transaction control. */
  SCRIPT_REFUSED(5),
  /** No connection to the database could be had. */
  DATABASE_UNREACHABLE(1),
  /** The connection that was handed over is inside a transaction, or otherwise cannot be used. */
  CONNECTION_UNUSABLE(1),
  /** The environment counts as production, and nobody confirmed the run. */
  PRODUCTION_UNCONFIRMED(1),
  /** Another session held the advisory lock for longer than the time to wait. */
  LOCK_TIMEOUT(1),
  /** Scripts and tracking table disagree. */
  VALIDATION_FAILED(1),
  /** The tracking table holds the history of another application. */
  FOREIGN_HISTORY(1),
  /** A table of the configured name exists and is not Migrator's. */
  FOREIGN_TABLE(1),
  /** The tracking table cannot be told apart from one in another schema, or was written by a newer major version. */
  TRACKING_TABLE_UNUSABLE(1),
  /** The server is a standby, or its transactions are read-only. */
  NOT_WRITABLE(1),
  /** The server's version is older than the oldest that is supported. */
  SERVER_TOO_OLD(1),
  /** The role lacks privileges that the tracking tables need; the message has the grants. */
  PRIVILEGES_MISSING(1),
  /** A migration failed. */
  MIGRATION_FAILED(2),
  /** The advisory lock was lost while a migration ran; what that migration did was rolled back. */
  LOCK_LOST(2),
  /** The connection broke while a migration ran. */
  CONNECTION_LOST(2),
  /** The calling thread was interrupted. */
  INTERRUPTED(2),
  /** Somebody cancelled the operation. */
  CANCELLED(2),
  /** The operation took longer than it was allowed to. */
  OUT_OF_TIME(2),
  /** A rollback failed. */
  ROLLBACK_FAILED(4),
  /** A migration that should be rolled back has no down script. */
  ROLLBACK_IMPOSSIBLE(4);

  private final int exitCode;

  FailureCode(int exitCode) {
    this.exitCode = exitCode;
  }

  /**
   * The exit code of a process that ends for this reason: 1 preflight, 2 migration, 3 postflight, 4 rollback,
   * 5 configuration.
   */
  public int exitCode() {
    return exitCode;
  }
}
