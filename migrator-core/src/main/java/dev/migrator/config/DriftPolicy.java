package dev.migrator.config;

/** What a run does when the schema is not what the run before it left. */
public enum DriftPolicy {
  /** Nothing: nobody looks. */
  IGNORE,
  /** The report says so. The default. */
  WARN,
  /** It is refused, before anything is applied. */
  REFUSE
}
