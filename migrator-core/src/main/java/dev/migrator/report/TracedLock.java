package dev.migrator.report;

/**
 * A lock that a statement took.
 *
 * @param relation what it locked
 * @param mode the strongest mode, which its transaction had not taken before
 */
public record TracedLock(TracedRelation relation, LockMode mode) {
  @Override
  public String toString() {
    return mode + " on " + relation;
  }
}
