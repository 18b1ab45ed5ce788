package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** A schema goes, with all that is in it. */
final class DropSchema {
  private DropSchema() {}

  static Rule rule() {
    return Rule.of("drop-schema", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DROP SCHEMA of a schema that was there before.")
        .effect(
            "With CASCADE everything in it goes too, rows included; without, it fails unless the schema is "
                + "empty.")
        .remedy(
            "Drop the objects in it one by one, each when nobody uses it any more, and the schema at last.")
        .looks(Destruction.drop(null, ObjectType.SCHEMA));
  }
}
