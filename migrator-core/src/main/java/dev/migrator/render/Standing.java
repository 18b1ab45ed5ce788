package dev.migrator.render;

import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import java.util.Locale;

/** How a reader should take a verdict, at a glance. */
enum Standing {
  /** Tried, and it holds. */
  PROVED,
  /** Nothing is wrong, and nothing is proved. */
  NOT_PROVED,
  /** A build must not go on. */
  FAILED;

  static Standing of(VerifiedMigration migration) {
    if (!migration.passed()) {
      return FAILED;
    }
    return migration.verdict().proved() ? PROVED : NOT_PROVED;
  }

  static Standing of(VerifyReport.Check check) {
    return switch (check.result()) {
      case PASSED -> PROVED;
      case FAILED -> FAILED;
      case SKIPPED -> NOT_PROVED;
    };
  }

  /** In words, for example {@code not proved}. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
