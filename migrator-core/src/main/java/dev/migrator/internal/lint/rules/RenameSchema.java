package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** A schema gets another name while programs use it. */
final class RenameSchema {
  private RenameSchema() {}

  static Rule rule() {
    return Rule.of("rename-schema", Topic.COMPATIBILITY, Severity.WARNING)
        .when("ALTER SCHEMA ... RENAME TO, of a schema that was there before.")
        .effect(
            "Every program that still uses the old name, or has it in its search_path, fails from that "
                + "moment on.")
        .remedy(
            "Create the new schema, with views in it or in the old one that stand in for the tables, until "
                + "no program uses the old name.")
        .looks(Each.detail(Detail.Alter.class, RenameSchema::look));
  }

  private static void look(Sight sight, Detail.Alter alter) {
    for (Change change : alter.changes()) {
      if (alter.object().type() == ObjectType.SCHEMA
          && change instanceof Change.Rename
          && !sight.world().isNew(ObjectType.SCHEMA, alter.object().name())) {
        sight.finds(
            change.offset(),
            "Programs that use the schema " + alter.object().name() + " do not find it any more.");
      }
    }
  }
}
