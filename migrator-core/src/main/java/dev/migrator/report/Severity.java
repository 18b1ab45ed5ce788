package dev.migrator.report;

import java.util.Locale;

/** How much a violation or a finding weighs, least first. */
public enum Severity {
  /** Worth knowing; nothing is expected to happen. */
  NOTE,
  /** Somebody should decide about it. */
  WARNING,
  /** It stops what asked: a run before anything is applied, a check with its exit code. */
  ERROR;

  /** The word in reports and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
