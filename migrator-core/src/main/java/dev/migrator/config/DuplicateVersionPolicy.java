package dev.migrator.config;

/** What to do with two scripts of one version. */
public enum DuplicateVersionPolicy {
  /** Refuse the folder, naming both files. The default. */
  REFUSE,
  /**
   * Run both, in the order of their names (by code point), Drizzle's in the order of the journal; each is recorded as
   * {@code version~name}.
   */
  RUN_IN_NAME_ORDER
}
