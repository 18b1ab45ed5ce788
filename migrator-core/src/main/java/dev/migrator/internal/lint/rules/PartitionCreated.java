package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A partition is created within a table in use. */
final class PartitionCreated {
  private PartitionCreated() {}

  static Rule rule() {
    return Rule.of("partition-created", Topic.LOCKS, Severity.WARNING)
        .when("CREATE TABLE ... PARTITION OF a table that was there before.")
        .effect(
            "It needs an ACCESS EXCLUSIVE lock on the whole partitioned table: it waits for every "
                + "transaction that uses any partition, and everybody who comes later waits for it. A default "
                + "partition is read from end to end.")
        .remedy(
            "CREATE TABLE (LIKE parent INCLUDING ALL), then ALTER TABLE parent ATTACH PARTITION, which lets "
                + "everybody go on.")
        .claims(Claim.of(Role.PARENT, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.detail(Create.Table.class, PartitionCreated::look));
  }

  private static void look(Sight sight, Create.Table table) {
    Create.PartitionBound of = table.partitionOf();
    if (of != null && sight.isOld(of.parent())) {
      sight
          .finds(
              table.name().offset(),
              "Nobody may use " + of.parent() + " until the partition " + table.name()
                  + " is there, and the transaction ends.")
          .on(Role.PARENT, of.parent())
          .rewrite(
              table.columns().isEmpty()
                      && table.constraints().isEmpty()
                      && table.options() == null
                      && table.partitionBy() == null
                  ? "CREATE TABLE " + Sql.name(table.name()) + " (LIKE " + Sql.name(of.parent())
                      + " INCLUDING ALL);\nALTER TABLE " + Sql.name(of.parent())
                      + " ATTACH PARTITION " + Sql.name(table.name()) + " " + of.bound() + ";"
                  : null);
    }
  }
}
