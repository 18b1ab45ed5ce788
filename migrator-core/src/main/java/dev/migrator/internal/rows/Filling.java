package dev.migrator.internal.rows;

import java.util.Set;

/**
 * What the tables of a database are to be filled with.
 *
 * @param rows how many rows for each table
 * @param style what kind of values
 * @param except the tables that are left alone
 */
public record Filling(int rows, Style style, Set<TableName> except) {

  /** Enough for one row with long values, a plain one, one of NULLs, and one of empty and negative values. */
  public static final int ROWS = 4;

  /** What kind of values. */
  public enum Style {
    /** Values at the edge of what the column takes, so that a narrowing shows: the longest text, all digits, microseconds. */
    EDGE,
    /** Short texts and small numbers, which most narrowings leave alone. */
    PLAIN
  }

  /** Keeps a copy. */
  public Filling {
    except = Set.copyOf(except);
  }

  /** Rows with edge values, as many as it takes to have one of each sort. */
  public static Filling edges() {
    return new Filling(ROWS, Style.EDGE, Set.of());
  }

  /** One row with ordinary values: enough for a scan to show, and too few to break what is to be unique. */
  public static Filling single() {
    return new Filling(1, Style.PLAIN, Set.of());
  }

  /** The same, without these tables. */
  public Filling except(Set<TableName> tables) {
    return new Filling(rows, style, tables);
  }

  /** The same, with values of another kind. */
  public Filling with(Style other) {
    return new Filling(rows, other, except);
  }
}
