package dev.migrator.config;

/** How many transactions a run uses. */
public enum TransactionMode {
  /** One for each migration, its tracking row in it. The default. */
  PER_MIGRATION,
  /**
   * One for all pending migrations: either all are applied, or none. Refused when one of them has a statement that cannot
   * run in a transaction.
   */
  SINGLE
}
