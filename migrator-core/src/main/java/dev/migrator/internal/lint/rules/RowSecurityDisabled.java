package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableChange;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** Rows that policies hid are shown to everybody. */
final class RowSecurityDisabled {
  private RowSecurityDisabled() {}

  static Rule rule() {
    return Rule.of("row-security-disabled", Topic.COMPATIBILITY, Severity.WARNING)
        .when("DISABLE ROW LEVEL SECURITY on a table that was there before.")
        .effect(
            "Everybody who may read the table reads all of its rows, whatever its policies say.")
        .remedy("Change the policies instead; where the table is to be open, say so with a reason.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.change(TableChange.Toggle.class, RowSecurityDisabled::look));
  }

  private static void look(Sight sight, ObjectName table, TableChange.Toggle change) {
    if (change.what() == ObjectType.POLICY && change.state() == TableChange.Toggle.State.DISABLE) {
      sight.finds(
          change.offset(), "All rows of " + table + " are shown to whoever may read it.", table);
    }
  }
}
