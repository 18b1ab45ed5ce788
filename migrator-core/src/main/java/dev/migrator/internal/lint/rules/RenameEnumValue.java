package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TypeChange;
import dev.migrator.report.Severity;

/** An enum value gets another name while programs use it. */
final class RenameEnumValue {
  private RenameEnumValue() {}

  static Rule rule() {
    return Rule.of("rename-enum-value", Topic.COMPATIBILITY, Severity.WARNING)
        .when("ALTER TYPE ... RENAME VALUE of an enum that was there before.")
        .effect(
            "Every program that still writes or compares with the old value fails from that moment on, and "
                + "one that reads does not know the new one.")
        .remedy("Add the new value, let programs know both, change the rows in portions.")
        .looks(Each.detail(Detail.Alter.class, RenameEnumValue::look));
  }

  private static void look(Sight sight, Detail.Alter alter) {
    for (Change change : alter.changes()) {
      if (change instanceof TypeChange.RenameValue rename
          && !sight.world().isNew(ObjectType.TYPE, alter.object().name())) {
        sight.finds(
            change.offset(),
            "Programs that know '" + rename.from() + "' meet '" + rename.to() + "'.");
      }
    }
  }
}
