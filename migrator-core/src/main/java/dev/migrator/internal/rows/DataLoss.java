package dev.migrator.internal.rows;

import org.jspecify.annotations.Nullable;

/**
 * Rows or values that were there and are not any more. It never holds a value.
 *
 * @param table the table
 * @param column the column; {@code null} when it is about whole rows
 * @param lost how many rows or values are lost or changed; -1 when there are too many to tell
 * @param of how many there were
 * @param sort what became of them
 */
public record DataLoss(TableName table, @Nullable String column, long lost, long of, Sort sort) {

  /** What became of rows or values. */
  public enum Sort {
    /** The table or column is not there any more. */
    GONE,
    /** The table is there, some of its rows are not. */
    ROWS_LOST,
    /** The rows are there, a column's values are NULL now. */
    EMPTIED,
    /** The rows are there, with other values. */
    CHANGED,
    /** The rows are there, and a column has values where it had none. */
    FILLED,
    /** Every column has its values, but rows have those of others. */
    MIXED
  }

  /** In a sentence. */
  public String text() {
    String place = table.text() + (column == null ? "" : "." + column);
    String some = lost < 0 ? "some" : Long.toString(lost);
    return switch (sort) {
      case GONE ->
        column == null
            ? "table " + place + " is not back, with its " + counted(of, "row")
            : "column " + place + " is not back, with its " + counted(of, "value");
      case ROWS_LOST -> "table " + place + " lost " + some + " of " + counted(of, "row");
      case EMPTIED ->
        "column " + place + " is back without " + some + " of its " + counted(of, "value");
      case CHANGED ->
        "column " + place + " has other values than before in " + some + " of "
            + counted(of, "row");
      case FILLED ->
        "column " + place + " has values in " + some + " of " + counted(of, "row")
            + " that had none";
      case MIXED ->
        "table " + place + " has " + some + " of " + counted(of, "row") + " with values of others";
    };
  }

  private static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
