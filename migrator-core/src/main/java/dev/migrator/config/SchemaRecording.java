package dev.migrator.config;

/**
 * When the schema's fingerprint is taken and kept with the tracking tables. It takes some milliseconds, more where there
 * are thousands of tables; a run that applies nothing never takes one.
 */
public enum SchemaRecording {
  /** Never. */
  OFF,
  /** Before and after a run. */
  RUNS,
  /** Before and after a run, and between its migrations, so that a rollback of any of them can be checked. */
  MIGRATIONS,
  /** As {@link #MIGRATIONS} for up to ten migrations at once, else as {@link #RUNS}. The default. */
  AUTOMATIC;

  private static final int FEW = 10;

  /**
   * Whether it is taken between the migrations of a run.
   *
   * @param migrations how many the run has
   */
  public boolean betweenMigrations(int migrations) {
    return this == MIGRATIONS || this == AUTOMATIC && migrations <= FEW;
  }
}
