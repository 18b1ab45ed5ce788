package dev.migrator.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The checks after a run. Immutable: each method returns a changed copy. The checks themselves, with their SQL, are listed in
 * the document of checks.
 *
 * @param policy what their answers decide. Default: nothing is asked
 * @param disabled the ids of checks that are not asked, {@code unused-indexes}. Default: none
 * @param expected the tables and columns that must be there. Default: none
 * @param queries the queries that must return no row. Default: none
 * @param showRows whether the report shows the values of the first rows that such a query returned; they are people's data.
 *     Default: no
 * @param timeout how long the server may take over each check. Default: 10 seconds
 */
public record Postflight(
    CheckPolicy policy,
    Set<String> disabled,
    List<ExpectedColumn> expected,
    List<CheckQuery> queries,
    boolean showRows,
    Duration timeout) {

  /** The library's defaults. */
  public static final Postflight DEFAULT = new Postflight(
      CheckPolicy.OFF, Set.of(), List.of(), List.of(), false, Duration.ofSeconds(10));

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when the time is no millisecond, or longer than PostgreSQL's time-outs can be (24 days)
   */
  public Postflight {
    disabled = Set.copyOf(disabled);
    expected = List.copyOf(expected);
    queries = List.copyOf(queries);
    Preflight.requireTimeout(timeout);
  }

  /** With another policy. */
  public Postflight policy(CheckPolicy value) {
    return new Postflight(value, disabled, expected, queries, showRows, timeout);
  }

  /** Without the checks of these ids. */
  public Postflight disabled(Set<String> values) {
    return new Postflight(policy, values, expected, queries, showRows, timeout);
  }

  /** With other tables and columns that must be there. */
  public Postflight expected(List<ExpectedColumn> values) {
    return new Postflight(policy, disabled, values, queries, showRows, timeout);
  }

  /** With other queries that must return no row. */
  public Postflight queries(List<CheckQuery> values) {
    return new Postflight(policy, disabled, expected, values, showRows, timeout);
  }

  /** With or without the values of rows in the report. */
  public Postflight showRows(boolean value) {
    return new Postflight(policy, disabled, expected, queries, value, timeout);
  }

  /** With another time for each check. */
  public Postflight timeout(Duration value) {
    return new Postflight(policy, disabled, expected, queries, showRows, value);
  }
}
