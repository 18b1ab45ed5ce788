package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.KnownTable.KnownConstraint;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A constraint is added NOT VALID and validated in the same transaction. */
final class ValidatedAtOnce {
  private ValidatedAtOnce() {}

  static Rule rule() {
    return Rule.of("validated-at-once", Topic.LOCKS, Severity.WARNING)
        .when(
            "VALIDATE CONSTRAINT in the transaction that adds the constraint NOT VALID, on a table that is "
                + "in use.")
        .effect(
            "The lock of the first statement stays until the transaction ends: the rows are checked under it "
                + "after all, and nothing is gained.")
        .remedy("Validate it in a later migration.")
        .claims(Claim.of(Role.TABLE, LockMode.SHARE_ROW_EXCLUSIVE, Work.SCAN))
        .looks(Each.change(Change.ValidateConstraint.class, ValidatedAtOnce::look));
  }

  private static void look(Sight sight, ObjectName table, Change.ValidateConstraint change) {
    KnownTable known = sight.world().table(table);
    KnownConstraint constraint =
        known == null ? null : known.constraints().get(change.name().text());
    if (constraint != null
        && !constraint.valid()
        && constraint.script() == sight.script()
        && sight.isInTransaction()) {
      sight.finds(
          change.offset(),
          change.name() + " is checked for every row of " + table
              + " under the lock with which it was added.",
          table);
    }
  }
}
