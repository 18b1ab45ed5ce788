package dev.migrator.internal.sql.structure;

import java.util.List;

/**
 * What a statement locks of that which exists already, as far as its text tells. PostgreSQL keeps such locks until the
 * transaction ends.
 *
 * <p>A lock on a table reaches its partitions and its children too, unless the statement says {@code ONLY}. What the
 * statement changes only where it exists ({@code IF EXISTS}, {@code OR REPLACE}) counts as if it did. Triggers, and
 * functions that a query calls, are not looked into. Weaker modes than {@code SHARE UPDATE EXCLUSIVE} are told only of the
 * tables whose rows the statement changes.
 *
 * @param locks the relations that it names, each once with its strongest mode, in the order of the text
 * @param extent whether it takes further strong locks
 */
public record Locking(List<RelationLock> locks, Extent extent) {

  /** Whether a statement locks more than the relations that it names; it is about strong modes only. */
  public enum Extent {
    /** Nothing else. */
    NAMED,
    /** The catalog decides: the other table of a foreign key, the table of an index, what is dropped by CASCADE. */
    CATALOG,
    /** The text does not tell: code, and statements that were not recognised. */
    UNKNOWN
  }

  /** Keeps a copy. */
  public Locking {
    locks = List.copyOf(locks);
  }

  /** The locks that stop those who write, or even those who read. */
  public List<RelationLock> strong() {
    return locks.stream().filter(lock -> lock.mode().isStrong()).toList();
  }
}
