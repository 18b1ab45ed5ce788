package dev.migrator.internal.rows;

import java.util.List;

/**
 * What became of filling the tables of a database.
 *
 * @param tables how many tables hold rows now
 * @param rows how many rows were added
 * @param unfilled the tables that are still empty, each with the reason
 */
public record FillReport(int tables, int rows, List<Unfilled> unfilled) {

  /**
   * A table that could not be filled.
   *
   * @param table the table
   * @param reason why, in the server's words where it said something
   */
  public record Unfilled(TableName table, String reason) {

    /** In a sentence. */
    public String text() {
      return "table " + table.text() + " could not be filled: " + reason;
    }
  }

  /** Keeps a copy. */
  public FillReport {
    unfilled = List.copyOf(unfilled);
  }
}
