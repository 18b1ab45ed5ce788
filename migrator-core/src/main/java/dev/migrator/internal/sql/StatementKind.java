package dev.migrator.internal.sql;

/** What a statement is to the engine that runs it. */
public enum StatementKind {
  /** Anything that runs in a transaction and leaves the transaction alone. */
  ORDINARY,
  /** {@code COPY ... FROM STDIN}, whose data follow it in the script. */
  COPY_FROM_STDIN,
  /** {@code BEGIN} and {@code START TRANSACTION}. */
  BEGIN,
  /** {@code COMMIT} and {@code END}, without {@code AND CHAIN}. */
  COMMIT,
  /** Any other command that begins, ends or divides a transaction. */
  TRANSACTION_CONTROL,
  /** Refused by PostgreSQL inside a transaction block. */
  NON_TRANSACTIONAL
}
