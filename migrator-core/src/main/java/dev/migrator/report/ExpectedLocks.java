package dev.migrator.report;

import dev.migrator.migration.SourcePosition;
import java.util.List;

/**
 * The locks that stop others, as far as the text of a script lets expect them: on what was there before its migration. What a
 * server really does, a trace tells.
 *
 * @param locks in the order of the script, each relation once for every statement that locks it
 * @param decidedByCatalog whether statements lock further relations that they do not name: the other table of a foreign key,
 *     what depends on something that is dropped
 * @param untold whether there is code, or a statement that was not recognised, whose locks no text tells
 */
public record ExpectedLocks(List<ExpectedLock> locks, boolean decidedByCatalog, boolean untold) {

  /** Keeps a copy. */
  public ExpectedLocks {
    locks = List.copyOf(locks);
  }

  /**
   * A lock.
   *
   * @param position where the statement begins
   * @param relation the relation, as the script names it
   * @param mode the strongest mode
   */
  public record ExpectedLock(SourcePosition position, String relation, LockMode mode) {

    /** In words: {@code ACCESS EXCLUSIVE on orders (line 3)}. */
    @Override
    public String toString() {
      return mode + " on " + relation + " (line " + position.line() + ")";
    }
  }
}
