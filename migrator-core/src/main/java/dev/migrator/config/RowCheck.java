package dev.migrator.config;

/** Whose rows a verification looks for again after a migration was applied and taken back. */
public enum RowCheck {
  /** Nobody's. */
  OFF,
  /** Those that migrations insert, and the seeds that were given. */
  OWN,
  /** Those too, and a few generated ones in every table that could be filled. */
  GENERATED
}
