package dev.migrator.config;

import java.time.Duration;

/**
 * How long things may take. Immutable: each method returns a changed copy.
 *
 * @param lockTimeout the {@code lock_timeout} of every transaction, and of VACUUM, CLUSTER or REINDEX outside of one: how long one of its statements may wait for a lock, and
 *     so how long the application's own queries queue behind it. Default: 3 seconds; a script's directive is stronger; zero leaves
 *     what the session has. Never set around a CONCURRENTLY
 * @param lockRetry for how long a migration that met a lock is tried again, with growing pauses. Default: 5 minutes;
 *     zero never does
 * @param statementTimeout the {@code statement_timeout} of the same. Default: what the session has. Never set
 *     around a CONCURRENTLY
 * @param run how long a whole operation may take, waiting for the migration lock included; what runs then is cancelled.
 *     Default: no limit
 * @param reconnect for how long a run whose connection was lost tries to get another one, and then goes on. Default: 1
 *     minute, enough for a failover; zero never goes on
 * @param grace how long a CONCURRENTLY may go on once the run is to stop, for it would leave an invalid index. Default: 30
 *     seconds
 */
public record Limits(
    Duration lockTimeout,
    Duration lockRetry,
    Duration statementTimeout,
    Duration run,
    Duration reconnect,
    Duration grace) {

  /** The longest that a time may be: PostgreSQL's time-outs count milliseconds, in 32 bits. */
  // First, because the defaults are checked by it.
  public static final Duration LONGEST = Duration.ofDays(24);

  /** The defaults. */
  public static final Limits DEFAULT = new Limits(
      Duration.ofSeconds(3),
      Duration.ofMinutes(5),
      Duration.ZERO,
      Duration.ZERO,
      Duration.ofMinutes(1),
      Duration.ofSeconds(30));

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when one is negative, or more than PostgreSQL's time-outs can be (24 days)
   */
  public Limits {
    check("lockTimeout", lockTimeout);
    check("lockRetry", lockRetry);
    check("statementTimeout", statementTimeout);
    check("run", run);
    check("reconnect", reconnect);
    check("grace", grace);
  }

  /** With another {@code lock_timeout}. */
  public Limits lockTimeout(Duration value) {
    return new Limits(value, lockRetry, statementTimeout, run, reconnect, grace);
  }

  /** With another time for trying again. */
  public Limits lockRetry(Duration value) {
    return new Limits(lockTimeout, value, statementTimeout, run, reconnect, grace);
  }

  /** With another {@code statement_timeout}. */
  public Limits statementTimeout(Duration value) {
    return new Limits(lockTimeout, lockRetry, value, run, reconnect, grace);
  }

  /** With another time for a whole operation. */
  public Limits run(Duration value) {
    return new Limits(lockTimeout, lockRetry, statementTimeout, value, reconnect, grace);
  }

  /** With another time for finding the database again. */
  public Limits reconnect(Duration value) {
    return new Limits(lockTimeout, lockRetry, statementTimeout, run, value, grace);
  }

  /** With another time of grace. */
  public Limits grace(Duration value) {
    return new Limits(lockTimeout, lockRetry, statementTimeout, run, reconnect, value);
  }

  private static void check(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be between 0 and 24 days: " + value);
    }
  }
}
