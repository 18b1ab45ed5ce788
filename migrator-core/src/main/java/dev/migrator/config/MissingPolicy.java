package dev.migrator.config;

/** What to do when an applied migration, older than the newest script, has no script any more. */
public enum MissingPolicy {
  /** Refuse the run and name every such migration. The default. */
  REFUSE,
  /** Report it and go on. */
  TOLERATE
}
