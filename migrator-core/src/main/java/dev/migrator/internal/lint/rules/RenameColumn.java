package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A column gets another name while programs use it. */
final class RenameColumn {
  private RenameColumn() {}

  static Rule rule() {
    return Rule.of("rename-column", Topic.COMPATIBILITY, Severity.WARNING)
        .when("RENAME COLUMN of a table or view that was there before.")
        .effect(
            "Every program that still uses the old name fails from that moment on: the instances of the "
                + "release before, while the new one is rolled out.")
        .remedy(
            "Add a column of the new name, keep the two alike with a trigger, fill it in portions, let "
                + "programs change over, drop the old one. Or rename the table, and let a view of the old name "
                + "show the column under both names.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.detail(Detail.Alter.class, RenameColumn::look));
  }

  private static void look(Sight sight, Detail.Alter alter) {
    for (Change change : alter.changes()) {
      if (change instanceof ColumnChange.RenameTo rename
          && alter.object().type() != ObjectType.TYPE
          && sight.isOld(alter.object().name())
          && !sight
              .world()
              .isNew(alter.object().name(), Aspect.COLUMN, rename.column().text())) {
        sight.finds(
            rename.column().offset(),
            "Programs that use " + alter.object().name() + "." + rename.column()
                + " do not find it any more.",
            alter.object().name());
      }
    }
  }
}
