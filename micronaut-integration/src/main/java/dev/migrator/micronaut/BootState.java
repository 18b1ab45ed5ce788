package dev.migrator.micronaut;

/** How far the boot of a data source is. */
public enum BootState {
  /** Not begun: the data source does not exist yet, or its turn has not come, or it waits for somebody else. */
  WAITING,
  /** At work. */
  RUNNING,
  /** The data source is as the application needs it. */
  DONE,
  /** Ended without success. */
  FAILED,
  /** Nothing is done about this data source. */
  OFF;

  /** Whether the application may use the data source. */
  public boolean isReady() {
    return this == DONE || this == OFF;
  }
}
