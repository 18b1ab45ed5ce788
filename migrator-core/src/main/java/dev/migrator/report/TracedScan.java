package dev.migrator.report;

/**
 * A table that a statement read from end to end.
 *
 * @param table the table
 * @param rows how many rows it read; on a real database it would be all of them
 */
public record TracedScan(TracedRelation table, long rows) {
  @Override
  public String toString() {
    return table.toString();
  }
}
