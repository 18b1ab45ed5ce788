package dev.migrator.report;

import java.util.Locale;

/** What became of the rows that were there before a migration was applied and taken back. */
public enum DataVerdict {
  /** Every row is there with every value. */
  KEPT(true),
  /** What is lost is what the migration itself had added, as it must be. */
  ADDED_ONLY(true),
  /** A row or a value that was there before is lost or changed. */
  LOST(false),
  /** The down script runs on empty tables, but not once there are rows. */
  DOWN_FAILS(false),
  /** Nobody asked, or there were no rows, or it could not be tried. */
  NOT_CHECKED(true);

  private final boolean passed;

  DataVerdict(boolean passed) {
    this.passed = passed;
  }

  /** Whether a build may go on. */
  public boolean passed() {
    return passed;
  }

  /** In words, for example {@code not checked}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
