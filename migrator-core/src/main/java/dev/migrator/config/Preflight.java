package dev.migrator.config;

import java.time.Duration;
import java.util.Set;

/**
 * The checks before a run. Immutable: each method returns a changed copy. The checks themselves, with their SQL, are listed in
 * the document of checks.
 *
 * @param policy what their answers decide. Default: nothing is asked
 * @param disabled the ids of checks that are not asked, {@code long-transactions}. Default: none
 * @param longTransaction from when on a transaction counts as long. Default: 30 seconds
 * @param blocked from when on a session that waits for a lock is told of. Default: 5 seconds
 * @param connections from how many percent of the connections on it is told that they become few. Default: 80
 * @param largeTable from how many bytes on a table that the plan touches is told of. Default: 1 GiB
 * @param timeout how long the server may take over each check. Default: 5 seconds
 */
public record Preflight(
    CheckPolicy policy,
    Set<String> disabled,
    Duration longTransaction,
    Duration blocked,
    int connections,
    long largeTable,
    Duration timeout) {

  /** The library's defaults. */
  public static final Preflight DEFAULT = new Preflight(
      CheckPolicy.OFF,
      Set.of(),
      Duration.ofSeconds(30),
      Duration.ofSeconds(5),
      80,
      1L << 30,
      Duration.ofSeconds(5));

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when a time is negative or longer than PostgreSQL's time-outs can be (24 days), or a
   *     number makes no sense
   */
  public Preflight {
    disabled = Set.copyOf(disabled);
    requireTime("longTransaction", longTransaction);
    requireTime("blocked", blocked);
    requireTimeout(timeout);
    if (connections < 1 || connections > 100) {
      throw new IllegalArgumentException("connections must be 1 to 100 percent: " + connections);
    }
    if (largeTable < 0) {
      throw new IllegalArgumentException("largeTable must not be negative: " + largeTable);
    }
  }

  /** With another policy. */
  public Preflight policy(CheckPolicy value) {
    return new Preflight(
        value, disabled, longTransaction, blocked, connections, largeTable, timeout);
  }

  /** Without the checks of these ids. */
  public Preflight disabled(Set<String> values) {
    return new Preflight(
        policy, values, longTransaction, blocked, connections, largeTable, timeout);
  }

  /** With another time from which on a transaction counts as long. */
  public Preflight longTransaction(Duration value) {
    return new Preflight(policy, disabled, value, blocked, connections, largeTable, timeout);
  }

  /** With another time from which on a waiting session is told of. */
  public Preflight blocked(Duration value) {
    return new Preflight(
        policy, disabled, longTransaction, value, connections, largeTable, timeout);
  }

  /** With another share of the connections, in percent. */
  public Preflight connections(int value) {
    return new Preflight(policy, disabled, longTransaction, blocked, value, largeTable, timeout);
  }

  /** With another size from which on a table is told of, in bytes. */
  public Preflight largeTable(long value) {
    return new Preflight(policy, disabled, longTransaction, blocked, connections, value, timeout);
  }

  /** With another time for each check. */
  public Preflight timeout(Duration value) {
    return new Preflight(
        policy, disabled, longTransaction, blocked, connections, largeTable, value);
  }

  static void requireTime(String name, Duration value) {
    if (value.isNegative() || value.compareTo(Limits.LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be between 0 and 24 days: " + value);
    }
  }

  /** To PostgreSQL, none at all would be no limit. */
  static void requireTimeout(Duration value) {
    requireTime("timeout", value);
    if (value.toMillis() == 0) {
      throw new IllegalArgumentException("timeout must be a millisecond at least: " + value);
    }
  }
}
