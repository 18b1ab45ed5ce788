package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** A sequence goes. */
final class DropSequence {
  private DropSequence() {}

  static Rule rule() {
    return Rule.of("drop-sequence", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DROP SEQUENCE of a sequence that was there before.")
        .effect(
            "Where it stood is gone: one that is made again begins with numbers that were given out already.")
        .remedy("Release a version that does not use it, and drop it in a later migration.")
        .looks(Destruction.drop(null, ObjectType.SEQUENCE));
  }
}
