package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** Several ALTER TABLE of one table could be one. */
final class SeveralAlters {
  private SeveralAlters() {}

  static Rule rule() {
    return Rule.of("several-alters", Topic.LOCKS, Severity.NOTE)
        .off()
        .when("ALTER TABLE statements of the same table in use follow each other directly.")
        .effect(
            "Each of them may pass over the table for itself; one statement with several changes passes over "
                + "it once.")
        .remedy("Write the changes behind one ALTER TABLE, with commas between.")
        .looks(Each.script(SeveralAlters::look));
  }

  private static void look(Overview overview) {
    ObjectName before = null;
    for (Part part : overview.parts()) {
      ObjectName table = part.structure().detail() instanceof Detail.Alter alter
              && alter.object().type() == ObjectType.TABLE
              && !part.locks().isEmpty()
          ? alter.object().name()
          : null;
      if (table != null && before != null && overview.world().isSame(table, before)) {
        overview.finds(part.statement(), 0, "This could be one statement with the one before it.");
      }
      before = table;
    }
  }
}
