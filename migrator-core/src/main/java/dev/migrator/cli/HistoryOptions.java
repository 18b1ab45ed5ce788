package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.report.HistoryReport;

/** The verb {@code history} and its options. */
final class HistoryOptions {

  private static final int DEFAULT_LIMIT = 20;

  private HistoryOptions() {}

  static final Option<Integer> LIMIT = Option.of(
      "--limit", "<number>", Values::count, "How many rows to show at most. Default: 20.");

  static final Option<String> VERSION = Option.of(
      "--version", "<version>", Values::migration, "Show the rows of this migration alone.");

  static Outcome history(MigrationEngine engine, Arguments given) {
    int limit = given.get(LIMIT).orElse(DEFAULT_LIMIT);
    HistoryReport report = given
        .get(VERSION)
        .map(version -> engine.history(limit, version))
        .orElseGet(() -> engine.history(limit));
    return Outcome.of(report);
  }
}
