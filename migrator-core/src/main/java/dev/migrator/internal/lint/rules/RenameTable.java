package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A table or view gets another name while programs use it. */
final class RenameTable {
  private RenameTable() {}

  static Rule rule() {
    return Rule.of("rename-table", Topic.COMPATIBILITY, Severity.WARNING)
        .when("ALTER TABLE or ALTER VIEW ... RENAME TO, of what was there before.")
        .effect(
            "Every program that still uses the old name fails from that moment on: the instances of the "
                + "release before, while the new one is rolled out.")
        .remedy(
            "Let a view of the old name stand in for the table, in the same transaction, and drop it in a "
                + "later release.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.changeOfRelation(Change.Rename.class, RenameTable::look));
  }

  private static void look(Sight sight, ObjectName table, Change.Rename change) {
    ObjectName renamed = new ObjectName(table.schema(), change.to().text(), 0);
    sight
        .finds(change.offset(), "Programs that use " + table + " do not find it any more.", table)
        .rewrite(
            sight.detail() instanceof Detail.Alter alter
                    && alter.object().type() == ObjectType.TABLE
                ? sight.sql() + ";\nCREATE VIEW " + Sql.name(table) + " AS SELECT * FROM "
                    + Sql.name(renamed) + ";"
                : null);
  }
}
