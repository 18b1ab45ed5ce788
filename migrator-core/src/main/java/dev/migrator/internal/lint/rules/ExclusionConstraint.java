package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.List;

/** An exclusion constraint builds its index while nobody may use the table. */
final class ExclusionConstraint {
  private ExclusionConstraint() {}

  static Rule rule() {
    return Rule.of("exclusion-constraint", Topic.LOCKS, Severity.WARNING)
        .when("EXCLUDE is added to a table that is in use.")
        .effect(
            "Its index is built under an ACCESS EXCLUSIVE lock, and PostgreSQL has no way to build it "
                + "beforehand: nobody reads or writes the table meanwhile.")
        .remedy(
            "Add it when nobody needs the table, or while the table is small. Else make a new table with the "
                + "constraint, copy the rows in portions and let programs change over.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.SCAN))
        .looks(Each.constraint(ExclusionConstraint::look));
  }

  private static void look(
      Sight sight, ObjectName table, Constraint constraint, List<String> columns) {
    if (constraint.kind() == Constraint.Kind.EXCLUDE) {
      sight.finds(
          constraint.offset(),
          "The index of an exclusion constraint on " + table
              + " is built while nobody may use the table.",
          table);
    }
  }
}
