package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.List;

/** A CHECK is held against all rows while nobody may use the table. */
final class CheckValidated {
  private CheckValidated() {}

  static Rule rule() {
    return Rule.of("check-validated", Topic.LOCKS, Severity.WARNING)
        .when("A CHECK is added without NOT VALID to a table that is in use.")
        .effect(
            "Every row is read under an ACCESS EXCLUSIVE lock: nobody reads or writes the table meanwhile. "
                + "The CHECK of a column that is added in the same statement is no exception.")
        .remedy(
            "Add it NOT VALID, which is over at once, and VALIDATE CONSTRAINT in a later migration: that "
                + "reads the table while everybody goes on.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.SCAN))
        .looks(Each.constraint(CheckValidated::look));
  }

  private static void look(
      Sight sight, ObjectName table, Constraint constraint, List<String> columns) {
    if (constraint.kind() == Constraint.Kind.CHECK
        && !constraint.has(Clause.NOT_VALID)
        && !constraint.has(Clause.NOT_ENFORCED)) {
      sight
          .finds(
              constraint.offset(),
              "A CHECK is held against every row of " + table + " while nobody may use it.",
              table)
          .rewrite(Constraints.notValidThenValidate(sight, table, constraint, columns));
    }
  }
}
