package dev.migrator.internal.sql.structure;

/** What a statement is for. */
public enum Family {
  /** Defines, changes or drops an object, comments included. */
  DDL,
  /** Changes rows: INSERT, UPDATE, DELETE, MERGE, TRUNCATE. */
  DML,
  /** Reads rows. */
  QUERY,
  /** Moves rows in or out: COPY. */
  COPY,
  /** Opens, reads or closes a cursor. */
  CURSOR,
  /** Begins, ends or divides a transaction. */
  TRANSACTION,
  /** Locks tables: LOCK. */
  LOCK,
  /** Changes the session: settings, role, prepared statements, listens. */
  SESSION,
  /** Keeps the database in shape: VACUUM, ANALYZE, REINDEX, CLUSTER, REFRESH MATERIALIZED VIEW, CHECKPOINT. */
  MAINTENANCE,
  /** Runs code whose effects its text does not tell: DO, CALL. */
  CODE,
  /** Says who may do what, and who owns what. */
  PRIVILEGE,
  /** Not recognised. */
  UNKNOWN
}
