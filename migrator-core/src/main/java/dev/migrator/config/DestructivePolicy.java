package dev.migrator.config;

/** What a run does about statements that destroy what was there before it. */
public enum DestructivePolicy {
  /** {@link #BLOCK} in production and where the environment is unknown, {@link #WARN} elsewhere. The default. */
  AUTOMATIC,
  /** Nothing runs until each is allowed by a directive with a reason. */
  BLOCK,
  /** They run, and the report names them. */
  WARN,
  /** Nobody looks. */
  OFF
}
