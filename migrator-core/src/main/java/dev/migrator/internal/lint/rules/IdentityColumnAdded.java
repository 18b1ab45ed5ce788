package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** An identity column numbers all rows of a table in use. */
final class IdentityColumnAdded {
  private IdentityColumnAdded() {}

  static Rule rule() {
    return Rule.of("identity-column-added", Topic.LOCKS, Severity.WARNING)
        .when("ADD COLUMN ... GENERATED AS IDENTITY, to a table that is in use.")
        .effect(
            "The whole table and its indexes are written anew under an ACCESS EXCLUSIVE lock: nobody reads "
                + "or writes the table meanwhile.")
        .remedy(
            "Add a bigint column, fill it in portions, make it NOT NULL, and ADD GENERATED AS IDENTITY to "
                + "it, with a sequence that starts behind the highest number.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE))
        .looks(Each.change(ColumnChange.Add.class, IdentityColumnAdded::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.Add change) {
    if (change.definition().isIdentity()) {
      sight.finds(
          change.offset(),
          table + " is written anew, while nobody may use it, to number its rows of "
              + change.column() + ".",
          table);
    }
  }
}
