package dev.migrator.report;

import java.util.Locale;

/** What became of a migration that was applied, taken back and applied again on a throw-away database. */
public enum RollbackVerdict {
  /** Its down script restores the schema that was there before, and it can be applied again with the same result. */
  EXACT(true),
  /** The same, but a column that it dropped is back at another place of its table. */
  COLUMN_ORDER(true),
  /** Its down script runs, but leaves another schema than was there before, or applying again ends in another one. */
  DIFFERS(false),
  /** Its down script fails. */
  DOWN_FAILS(false),
  /** Its script fails the first time; what comes after it cannot be tried. */
  UP_FAILS(false),
  /** Its script fails after its down script has run. */
  REAPPLY_FAILS(false),
  /** It has no down script, though the policy asks for one. */
  NO_DOWN(false),
  /** It has no down script, and the policy does not ask for one: it is older than the policy. */
  LEGACY(true),
  /** Its script declares that it cannot be undone, and why. */
  IRREVERSIBLE(true),
  /** It could not be tried; the report says why. */
  NOT_TESTABLE(true);

  private final boolean passed;

  RollbackVerdict(boolean passed) {
    this.passed = passed;
  }

  /** Whether a build may go on. */
  public boolean passed() {
    return passed;
  }

  /** Whether the rollback was tried and holds; a verdict that passed without it proves nothing. */
  public boolean proved() {
    return this == EXACT || this == COLUMN_ORDER;
  }

  /** In words, for example {@code down fails}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
