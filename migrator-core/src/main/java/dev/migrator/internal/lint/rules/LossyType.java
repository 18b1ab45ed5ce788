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
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A new type that cannot hold every old value. */
final class LossyType {
  private LossyType() {}

  static Rule rule() {
    return Rule.of("column-type-lossy", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when(
            "ALTER COLUMN ... TYPE to a type that has no place for every value of the old one, or by an "
                + "expression, on a table that was there before.")
        .effect(
            "Values are rounded, cut or lost, or the statement fails at the first row that does not fit; a "
                + "down script cannot bring them back.")
        .remedy(
            "Add a column of the new type, fill it, look at what does not fit, and let programs change over.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.change(ColumnChange.SetType.class, LossyType::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.SetType change) {
    String column = change.column().text();
    TypeName before = sight.type(table, column);
    if (!sight.isNew(table, Aspect.COLUMN, column)
        && !sight.isNew(table, Aspect.TYPE, column)
        && !TypeCost.keepsEveryValue(before, change)) {
      sight
          .finds(
              change.type().offset(),
              "Values of " + table + "." + column
                  + (before == null ? "" : ", which are " + before + ",") + " may not fit into "
                  + change.type() + ".",
              table)
          .destroys(new ObjectRef(ObjectType.COLUMN, table, column));
    }
  }
}
