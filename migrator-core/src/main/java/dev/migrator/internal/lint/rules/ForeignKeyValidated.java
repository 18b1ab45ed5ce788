package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.List;

/** A foreign key is checked for all rows while nobody may write to either table. */
final class ForeignKeyValidated {

  private ForeignKeyValidated() {}

  static Rule rule() {
    return Rule.of("foreign-key-validated", Rule.Topic.LOCKS, Severity.WARNING)
        .when("A foreign key is added without NOT VALID to a table that is in use.")
        .effect(
            "Every row is looked up in the other table under a SHARE ROW EXCLUSIVE lock on both: nobody writes to either of"
                + " them meanwhile.")
        .remedy(
            "Add it NOT VALID, which is over at once, and VALIDATE CONSTRAINT in a later migration: that reads the table"
                + " while everybody goes on writing.")
        .claims(Claim.of(Role.TABLE, LockMode.SHARE_ROW_EXCLUSIVE, Claim.Work.SCAN)
            .and(Role.REFERENCED, LockMode.SHARE_ROW_EXCLUSIVE))
        .looks(Each.constraint(ForeignKeyValidated::look));
  }

  private static void look(
      Sight sight, ObjectName table, Constraint constraint, List<String> columns) {
    ObjectName other = constraint.references();
    if (constraint.kind() != Constraint.Kind.FOREIGN_KEY
        || other == null
        || constraint.has(Clause.NOT_VALID)
        || constraint.has(Clause.NOT_ENFORCED)
        || Constraints.isOfEmptyColumn(sight, constraint)) {
      return;
    }
    boolean locksOther = sight.isOld(other) && !sight.world().isSame(table, other);
    Finding finding = sight.finds(
        constraint.offset(),
        "The foreign key of " + table + " to " + other
            + " is checked for every row while nobody may write to "
            + (locksOther ? "either of them." : table + "."),
        table);
    if (locksOther) {
      finding.on(Role.REFERENCED, other);
    }
    finding.rewrite(Constraints.notValidThenValidate(sight, table, constraint, columns));
  }
}
