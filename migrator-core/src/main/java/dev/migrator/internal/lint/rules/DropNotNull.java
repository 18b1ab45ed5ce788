package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A column may be NULL from now on. */
final class DropNotNull {
  private DropNotNull() {}

  static Rule rule() {
    return Rule.of("drop-not-null", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DROP NOT NULL of a column that was there before.")
        .effect(
            "Programs that expect a value meet NULL, and rows that have it stay when the constraint is to "
                + "come back.")
        .remedy("Let programs know of NULL first.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.change(ColumnChange.DropNotNull.class, DropNotNull::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.DropNotNull change) {
    String column = change.column().text();
    if (!sight.isNew(table, Aspect.COLUMN, column)
        && !sight.isNew(table, Aspect.NOT_NULL, column)) {
      sight
          .finds(
              change.column().offset(), table + "." + column + " may be NULL from now on.", table)
          .destroys(new ObjectRef(ObjectType.COLUMN, table, column));
    }
  }
}
