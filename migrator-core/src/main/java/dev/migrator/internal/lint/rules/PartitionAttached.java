package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableChange;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A table that becomes a partition is read through. */
final class PartitionAttached {
  private PartitionAttached() {}

  static Rule rule() {
    return Rule.of("partition-attached", Topic.LOCKS, Severity.WARNING)
        .when(
            "ATTACH PARTITION of a table that was there before, without a valid CHECK that says the same as "
                + "the bound.")
        .effect(
            "The table is read from end to end under an ACCESS EXCLUSIVE lock, to see that all of its rows "
                + "belong there. A default partition of the parent is read in the same way.")
        .remedy(
            "Add a CHECK that says the same as the bound, with IS NOT NULL for its columns, NOT VALID; "
                + "validate it in a later migration; attach the table then, and drop the CHECK.")
        .claims(Claim.of(Role.PARTITION, LockMode.ACCESS_EXCLUSIVE, Work.SCAN)
            .and(Role.PARENT, LockMode.SHARE_UPDATE_EXCLUSIVE))
        .looks(Each.detail(Detail.Alter.class, PartitionAttached::look));
  }

  private static void look(Sight sight, Detail.Alter alter) {
    for (Change change : alter.changes()) {
      if (alter.object().type() == ObjectType.TABLE
          && change instanceof TableChange.AttachPartition attached
          && sight.isOld(attached.partition())
          && !hasCheck(sight, attached.partition())) {
        sight
            .finds(
                change.offset(),
                "All of " + attached.partition()
                    + " is read, while nobody may use it, to see that its" + " rows belong there.")
            .on(Role.PARTITION, attached.partition())
            .on(Role.PARENT, alter.object().name());
      }
    }
  }

  /** Whether it says the same as the bound only PostgreSQL can tell; a CHECK that was validated for nothing is rare. */
  private static boolean hasCheck(Sight sight, ObjectName partition) {
    KnownTable known = sight.world().table(partition);
    return known != null
        && known.constraints().values().stream()
            .anyMatch(constraint ->
                constraint.valid() && constraint.definition().kind() == Constraint.Kind.CHECK);
  }
}
