package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** A function goes. */
final class DropFunction {
  private DropFunction() {}

  static Rule rule() {
    return Rule.of("drop-function", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when(
            "DROP FUNCTION, PROCEDURE or AGGREGATE of what was there before; one that the script itself "
                + "creates again is replaced, not dropped.")
        .effect(
            "Programs, triggers written as text and other functions that still call it fail when they do, "
                + "not before.")
        .remedy("Release a version that does not call it, and drop it in a later migration.")
        .looks(Destruction.drop(
            null,
            ObjectType.FUNCTION,
            ObjectType.PROCEDURE,
            ObjectType.ROUTINE,
            ObjectType.AGGREGATE));
  }
}
