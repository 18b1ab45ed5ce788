package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A column goes, with its values in all rows. */
final class DropColumn {

  private DropColumn() {}

  static Rule rule() {
    return Rule.of("drop-column", Rule.Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DROP COLUMN of a column that was there before.")
        .effect(
            "Its values are gone, and a down script cannot bring them back; programs of the release before, which still name"
                + " the column, fail. Indexes and constraints that it is part of go with it.")
        .remedy(
            "Release a version that neither reads nor writes the column, and drop it in a later migration, once a backup"
                + " holds it.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.change(ColumnChange.Drop.class, DropColumn::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.Drop change) {
    String column = change.column().text();
    if (!sight.isNew(table, Aspect.COLUMN, column)) {
      Destruction.goes(
              sight,
              change.column().offset(),
              new ObjectRef(ObjectType.COLUMN, table, column),
              sight.isProbablyNew(table, Aspect.COLUMN, column))
          .on(Role.TABLE, table);
    }
  }
}
