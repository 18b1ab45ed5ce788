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
  /** A file is no snapshot of a schema, or a newer release wrote it. */
  SNAPSHOT_UNREADABLE(5),
  /** No connection to the database could be had. */
  DATABASE_UNREACHABLE(1),
  /** The connection that was handed over is inside a transaction, or otherwise cannot be used. */
  CONNECTION_UNUSABLE(1),
  /** The environment counts as production, and nobody confirmed the run. */
  PRODUCTION_UNCONFIRMED(1),
  /** Statements would destroy what was there before the run, and no directive allows them. */
  DESTRUCTION_BLOCKED(1),
  /** Scripts break rules of the lint that stop a run. */
  LINT_FAILED(1),
  /** Another session held the advisory lock for longer than the time to wait. */
  LOCK_TIMEOUT(1),
  /** Scripts and tracking table disagree. */
  VALIDATION_FAILED(1),
  /** Migrations are pending, and whoever looked applies none. */
  MIGRATIONS_PENDING(1),
  /** The tracking table holds the history of another application. */
  FOREIGN_HISTORY(1),
  /** A table of the configured name exists and is not Migrator's. */
  FOREIGN_TABLE(1),
  /** The tracking table cannot be told apart from one in another schema, or was written by a newer major version. */
  TRACKING_TABLE_UNUSABLE(1),
  /** The server did not tell what the database's schema is. */
  SCHEMA_UNREADABLE(1),
  /** The server is a standby, or its transactions are read-only. */
  NOT_WRITABLE(1),
  /** The server's version is older than the oldest that is supported. */
  SERVER_TOO_OLD(1),
  /** The schema is not what it is compared with: what the last run left, or what was asked for. */
  SCHEMA_DRIFTED(1),
  /** The role lacks privileges that the tracking tables need; the message has the grants. */
  PRIVILEGES_MISSING(1),
  /** No throw-away database could be had: no server for it, or the server refuses to make, copy or drop one. */
  THROW_AWAY_DATABASE_UNAVAILABLE(1),
  /** A check before the run failed; the message has every one that did. */
  PREFLIGHT_FAILED(1),
  /** The backup before a run failed; nothing was changed. */
  BACKUP_FAILED(1),
  /** A backup is not what was written: its checksum is another. */
  BACKUP_DAMAGED(1),
  /** A dry run that had to pass first did not; the database was not changed. */
  DRY_RUN_FAILED(2),
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
  /** A check after the run failed; the migrations are applied and stay. */
  POSTFLIGHT_FAILED(3),
  /** A rollback failed. */
  ROLLBACK_FAILED(4),
  /** A rollback did not bring back the schema that was there before. */
  SCHEMA_NOT_RESTORED(4),
  /** A migration that should be rolled back has no down script. */
  ROLLBACK_IMPOSSIBLE(4),
  /** A backup could not be restored. */
  RESTORE_FAILED(4),
  /** A verification found a rollback that does not restore what was there, or none where the policy asks for one. */
  ROLLBACK_UNPROVED(4);

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
