package dev.migrator.config;

/** What to do with a pending migration whose version is lower than one that is already applied. */
public enum OutOfOrderPolicy {
  /** Refuse the run and name every such migration. The default. */
  REFUSE,
  /** Apply it like any other pending migration. */
  APPLY
}
