package dev.migrator.report;

import java.util.Locale;

/** What an operation did, or would do, with a migration; also the values of {@code migration_history.action}. */
public enum Action {
  /** Ran its script. */
  APPLY,
  /** Ran its down script. */
  ROLLBACK,
  /** Recorded that everything up to it was there before. */
  BASELINE,
  /** Brought its tracking row in line with its script, or cleared a failed attempt. */
  REPAIR;

  /** The value that history stores. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }
}
