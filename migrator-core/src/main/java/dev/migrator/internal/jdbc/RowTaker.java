package dev.migrator.internal.jdbc;

/** Takes the rows of several queries that travel together. The server works on while it does. */
@FunctionalInterface
public interface RowTaker {

  /**
   * Takes a row, which is valid during the call only.
   *
   * @param query the place of its query, from 0
   */
  void take(int query, Row row);
}
