package dev.migrator.report;

import org.jspecify.annotations.Nullable;

/**
 * What guarded a run: each part is {@code null} where it was switched off, or where nothing was to be done.
 *
 * @param lint what the scripts' text tells
 * @param preflight the checks before it
 * @param backup the backup before it
 * @param postflight the checks after it
 */
public record SafetyReport(
    @Nullable LintReport lint,
    @Nullable CheckReport preflight,
    @Nullable BackupReport backup,
    @Nullable CheckReport postflight) {

  /** Nothing guarded it. */
  public static final SafetyReport NONE = new SafetyReport(null, null, null, null);

  /** With the lint's report. */
  public SafetyReport withLint(@Nullable LintReport report) {
    return new SafetyReport(report, preflight, backup, postflight);
  }

  /** With the checks before the run. */
  public SafetyReport withPreflight(@Nullable CheckReport report) {
    return new SafetyReport(lint, report, backup, postflight);
  }

  /** With the backup. */
  public SafetyReport withBackup(@Nullable BackupReport report) {
    return new SafetyReport(lint, preflight, report, postflight);
  }

  /** With the checks after the run. */
  public SafetyReport withPostflight(@Nullable CheckReport report) {
    return new SafetyReport(lint, preflight, backup, report);
  }
}
