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

/** An enum value that no down script can take away. */
final class EnumValueAdded {
  private EnumValueAdded() {}

  static Rule rule() {
    return Rule.of("enum-value-added", Topic.FAILURE, Severity.NOTE)
        .when("ALTER TYPE ... ADD VALUE to an enum that was there before.")
        .effect(
            "PostgreSQL has no DROP VALUE: a down script can only make the type anew and rewrite every "
                + "column of it.")
        .remedy(
            "Be sure of the name. Where values come and go, a table of values with a foreign key, or a CHECK "
                + "on text, is easier to change.")
        .looks(Each.detail(Detail.Alter.class, EnumValueAdded::look));
  }

  private static void look(Sight sight, Detail.Alter alter) {
    for (Change change : alter.changes()) {
      if (change instanceof TypeChange.AddValue added
          && !sight.world().isNew(ObjectType.TYPE, alter.object().name())) {
        sight.finds(
            change.offset(),
            "'" + added.value() + "' stays in " + alter.object().name() + " for good.");
      }
    }
  }
}
