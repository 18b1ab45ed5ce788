package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TableChange;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A partition is detached while nobody may use the whole table. */
final class DetachPartitionNotConcurrent {
  private DetachPartitionNotConcurrent() {}

  static Rule rule() {
    return Rule.of("detach-partition-not-concurrent", Topic.LOCKS, Severity.WARNING)
        .when("DETACH PARTITION without CONCURRENTLY, from a table that is in use.")
        .effect(
            "The partitioned table and the partition are locked with ACCESS EXCLUSIVE: it waits for every "
                + "transaction that uses any partition, and everybody who comes later waits for it.")
        .remedy(
            "DETACH PARTITION ... CONCURRENTLY, in a migration of its own; it is not possible while the "
                + "table has a default partition.")
        .claims(Claim.of(Role.PARENT, LockMode.ACCESS_EXCLUSIVE)
            .and(Role.PARTITION, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.change(TableChange.DetachPartition.class, DetachPartitionNotConcurrent::look));
  }

  private static void look(Sight sight, ObjectName table, TableChange.DetachPartition change) {
    if (!change.clauses().contains(Clause.CONCURRENTLY)
        && !change.clauses().contains(Clause.FINALIZE)) {
      sight
          .finds(
              change.offset(),
              "The partition " + change.partition() + " is detached while nobody may use " + table
                  + ".")
          .on(Role.PARENT, table)
          .on(Role.PARTITION, change.partition())
          .rewrite(sight.sql() + " CONCURRENTLY;");
    }
  }
}
