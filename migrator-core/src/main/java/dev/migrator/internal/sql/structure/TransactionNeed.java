package dev.migrator.internal.sql.structure;

/**
 * Where a statement runs: inside a transaction block, outside or both.
 *
 * @param place where it runs
 * @param reason why, after the manual's page of the command; empty for what simply runs anywhere. A statement that runs
 *     anywhere may have one too: it is then what must be known about it in a transaction
 */
public record TransactionNeed(Place place, String reason) {

  /** Where a statement runs. */
  public enum Place {
    ANYWHERE,
    /** PostgreSQL refuses it inside a transaction block (SQLSTATE 25001). */
    OUTSIDE,
    /** PostgreSQL refuses it outside a transaction block, or it has no effect there (25P01). */
    INSIDE,
    /** Its text does not tell; the reason says what decides. */
    DEPENDS,
    /** The statement was not recognised. */
    UNKNOWN
  }

  /** Inside a transaction block and outside. */
  public static final TransactionNeed ANYWHERE = new TransactionNeed(Place.ANYWHERE, "");

  /** Of a statement that was not recognised. */
  public static final TransactionNeed UNKNOWN = new TransactionNeed(Place.UNKNOWN, "");

  /** Refused inside a transaction block, for a reason. */
  public static TransactionNeed outside(String reason) {
    return new TransactionNeed(Place.OUTSIDE, reason);
  }

  /** Of use inside a transaction block only, for a reason. */
  public static TransactionNeed inside(String reason) {
    return new TransactionNeed(Place.INSIDE, reason);
  }

  /** On what the reason says. */
  public static TransactionNeed depends(String reason) {
    return new TransactionNeed(Place.DEPENDS, reason);
  }
}
