package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A column has no default any more. */
final class DropDefault {
  private DropDefault() {}

  static Rule rule() {
    return Rule.of("drop-default", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when(
            "DROP DEFAULT or DROP IDENTITY of a column that was there before; a default that the script "
                + "itself sets again is replaced.")
        .effect(
            "Programs that leave the column away write NULL, or fail where it is NOT NULL. The sequence of "
                + "an identity is dropped with it.")
        .remedy(
            "Release a version that always writes the column, and drop the default in a later migration.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.change(DropDefault::look));
  }

  private static void look(Sight sight, ObjectName table, Change change) {
    if (change instanceof ColumnChange.DropDefault || change instanceof ColumnChange.DropIdentity) {
      Name column = ((ColumnChange) change).column();
      if (!sight.isNew(table, Aspect.COLUMN, column.text())
          && !sight.isNew(table, Aspect.DEFAULT, column.text())
          && !Later.setsDefault(sight, table, column.text())) {
        sight
            .finds(column.offset(), table + "." + column + " has no default any more.", table)
            .destroys(new ObjectRef(ObjectType.COLUMN, table, column.text()));
      }
    }
  }
}
