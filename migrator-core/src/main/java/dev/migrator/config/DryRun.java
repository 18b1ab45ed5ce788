package dev.migrator.config;

import org.jspecify.annotations.Nullable;

/**
 * How a dry run is done. Immutable: each method returns a changed copy.
 *
 * @param place where the migrations run
 * @param server the server of the throw-away database; {@code null} where none is used
 * @param fallback what is done when no throw-away database can be had
 * @param sampleRows how many rows of every table are copied into it, at most, up to {@link #MOST_ROWS}; 0 for none
 */
public record DryRun(
    Place place, @Nullable ThrowAwayServer server, Fallback fallback, int sampleRows) {

  /** How many rows of a table a sample has at most: those of one table at a time are held in memory. */
  public static final int MOST_ROWS = 10_000;

  /** Where migrations run that are only tried. */
  public enum Place {
    /** Nowhere: what the run would do, by its plan. */
    NOWHERE,
    /** On a throw-away copy of the schema. */
    THROW_AWAY,
    /** In the database itself, in one transaction that is rolled back. */
    IN_DATABASE
  }

  /** What is done when no throw-away database can be had. */
  public enum Fallback {
    /** The dry run fails. */
    FAIL,
    /** It is the plan, and says so. */
    PLAN
  }

  /** Checks the number of rows. */
  public DryRun {
    if (sampleRows < 0 || sampleRows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "a sample has 0 to " + MOST_ROWS + " rows of a table, not " + sampleRows);
    }
  }

  /** The plan alone; nothing runs. */
  public static DryRun planOnly() {
    return new DryRun(Place.NOWHERE, null, Fallback.PLAN, 0);
  }

  /**
   * On a throw-away copy of the schema, which a replay of the applied migrations makes, or pg_dump where scripts cannot.
   *
   * @param server where it is made; never the database's own by default
   */
  public static DryRun on(ThrowAwayServer server) {
    return new DryRun(Place.THROW_AWAY, server, Fallback.FAIL, 0);
  }

  /**
   * In the database itself, everything in one transaction that is rolled back. It takes every lock that the run would take
   * and holds it to the end; sequences stay where they got to.
   */
  public static DryRun inDatabase() {
    return new DryRun(Place.IN_DATABASE, null, Fallback.FAIL, 0);
  }

  /** With the plan alone where no throw-away database can be had. */
  public DryRun orPlan() {
    return new DryRun(place, server, Fallback.PLAN, sampleRows);
  }

  /** With up to so many rows of every table, which are read from the database; {@link #MOST_ROWS} at most. */
  public DryRun sampleRows(int rows) {
    return new DryRun(place, server, fallback, rows);
  }
}
