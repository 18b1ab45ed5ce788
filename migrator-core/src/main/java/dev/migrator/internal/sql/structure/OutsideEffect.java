package dev.migrator.internal.sql.structure;

/** What a statement changes beyond the database that it runs in: a throw-away copy on the same server shares it. */
public enum OutsideEffect {
  /** Roles and their memberships belong to the whole server. */
  ROLE,
  TABLESPACE,
  /** Creates, drops or changes a database, this one included. */
  DATABASE,
  /** {@code ALTER SYSTEM}. */
  SERVER_CONFIGURATION,
  /** Talks to another server, and may create or drop a replication slot there. */
  SUBSCRIPTION,
  /** Names another server, or reads its tables. */
  FOREIGN_SERVER,
  /** {@code COPY} reads or writes a file of the server's machine. */
  SERVER_FILE,
  /** {@code COPY ... PROGRAM} runs a program on the server's machine. */
  PROGRAM,
  /** Leaves a prepared transaction, which belongs to the whole server, or ends one. */
  PREPARED_TRANSACTION
}
