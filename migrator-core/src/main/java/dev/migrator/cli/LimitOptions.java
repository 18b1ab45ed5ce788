package dev.migrator.cli;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Limits;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** The options that say how long things may take. */
final class LimitOptions {

  private LimitOptions() {}

  static final Option<Duration> LOCK_WAIT = Option.of(
      "--lock-wait",
      "<time>",
      Values::duration,
      MigrationEngineBuilder::lockWait,
      "How long to wait while another process migrates: 500ms, 30s, 5m. Default: 5m.");

  static final Option<Duration> LOCK_TIMEOUT = limit(
      "--lock-timeout",
      Limits::lockTimeout,
      "How long a statement may wait for a lock, and others queue behind it; 0s: what the session has. Default: 3s.");

  static final Option<Duration> LOCK_RETRY = limit(
      "--lock-retry",
      Limits::lockRetry,
      "For how long a migration that met a lock is tried again; 0s: not at all. Default: 5m.");

  static final Option<Duration> STATEMENT_TIMEOUT = limit(
      "--statement-timeout",
      Limits::statementTimeout,
      "How long a statement may take; 0s: what the session has. Default: 0s.");

  static final Option<Duration> RUN_TIMEOUT = limit(
      "--run-timeout",
      Limits::run,
      "How long the whole run may take, waiting for other processes included; 0s: as long as it takes. Default: 0s.");

  static final Option<Duration> RECONNECT = limit(
      "--reconnect",
      Limits::reconnect,
      "For how long a run that lost its connection looks for another one, to go on; 0s: not at all. Default: 1m.");

  static final Option<Duration> GRACE = limit(
      "--grace",
      Limits::grace,
      "How long a CONCURRENTLY may go on once the run is to stop. Default: 30s.");

  /** All of them, under their heading of the help. */
  static final Options.Group GROUP = new Options.Group(
      "Limits",
      List.of(
          LOCK_WAIT, LOCK_TIMEOUT, LOCK_RETRY, STATEMENT_TIMEOUT, RUN_TIMEOUT, RECONNECT, GRACE));

  private static Option<Duration> limit(
      String name, BiFunction<Limits, Duration, Limits> change, String help) {
    return Option.of(
        name,
        "<time>",
        Values::limit,
        (builder, time) -> builder.limits(limits -> change.apply(limits, time)),
        help);
  }
}
