package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A table goes to another schema while programs use it. */
final class MoveToSchema {
  private MoveToSchema() {}

  static Rule rule() {
    return Rule.of("move-to-schema", Topic.COMPATIBILITY, Severity.WARNING)
        .when("SET SCHEMA of a table or view that was there before.")
        .effect(
            "Every program that names the old schema, or whose search_path has the old one only, fails from "
                + "that moment on.")
        .remedy(
            "Let a view in the old schema stand in for the table, in the same transaction, and drop it in a "
                + "later release.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.changeOfRelation(Change.SetSchema.class, MoveToSchema::look));
  }

  private static void look(Sight sight, ObjectName table, Change.SetSchema change) {
    sight.finds(
        change.offset(),
        "Programs that look for " + table + " in its schema do not find it any more.",
        table);
  }
}
