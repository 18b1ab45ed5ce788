package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** Another tablespace copies the table. */
final class TablespaceChanged {
  private TablespaceChanged() {}

  static Rule rule() {
    return Rule.of("set-tablespace", Topic.LOCKS, Severity.WARNING)
        .when("SET TABLESPACE on a table that is in use.")
        .effect(
            "The whole table is copied under an ACCESS EXCLUSIVE lock: nobody reads or writes it meanwhile. "
                + "Its indexes stay where they are.")
        .remedy(
            "Do it when nobody needs the table, or make a new table and let programs change over.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.change(Change.SetTablespace.class, TablespaceChanged::look));
  }

  private static void look(Sight sight, ObjectName table, Change.SetTablespace change) {
    sight.finds(
        change.offset(),
        "SET TABLESPACE copies all of " + table + " while nobody may use it.",
        table);
  }
}
