package dev.migrator.internal.sql.structure;

import dev.migrator.report.LockMode;

/**
 * A table-level lock that a statement takes.
 *
 * @param relation the relation, as the statement names it
 * @param mode the strongest mode in which the statement locks it
 */
public record RelationLock(ObjectName relation, LockMode mode) {
  @Override
  public String toString() {
    return relation + " " + mode;
  }
}
