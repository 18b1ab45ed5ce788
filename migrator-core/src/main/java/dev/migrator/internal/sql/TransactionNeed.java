package dev.migrator.internal.sql;

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

  static final TransactionNeed ANYWHERE = new TransactionNeed(Place.ANYWHERE, "");

  static final TransactionNeed UNKNOWN = new TransactionNeed(Place.UNKNOWN, "");

  static TransactionNeed outside(String reason) {
    return new TransactionNeed(Place.OUTSIDE, reason);
  }

  static TransactionNeed inside(String reason) {
    return new TransactionNeed(Place.INSIDE, reason);
  }

  static TransactionNeed depends(String reason) {
    return new TransactionNeed(Place.DEPENDS, reason);
  }
}
