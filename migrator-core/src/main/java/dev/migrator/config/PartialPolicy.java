package dev.migrator.config;

/** What a run does with a migration without a transaction that an earlier run left half-way. */
public enum PartialPolicy {
  /** It goes on behind the last statement that was finished. The default. */
  RESUME,
  /**
   * It is taken down with its down script, and begun again. The down script meets whatever was there when the migration
   * stopped, so it says {@code IF EXISTS}. Refused when there is no down script.
   */
  TAKE_DOWN
}
