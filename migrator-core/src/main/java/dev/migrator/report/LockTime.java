package dev.migrator.report;

import java.time.Duration;

/**
 * The strong locks that a run took on one relation, added up.
 *
 * @param relation the relation, as the scripts name it
 * @param mode the strongest mode
 * @param held the sum of {@link HeldLock#held}
 * @param migrations how many migrations locked it
 */
public record LockTime(String relation, LockMode mode, Duration held, int migrations) {

  static LockTime of(HeldLock lock) {
    return new LockTime(lock.relation(), lock.mode(), lock.held(), 1);
  }

  LockTime plus(LockTime other) {
    return new LockTime(
        relation, mode.strongest(other.mode), held.plus(other.held), migrations + other.migrations);
  }
}
