package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** An extension goes, with its types and functions. */
final class DropExtension {
  private DropExtension() {}

  static Rule rule() {
    return Rule.of("drop-extension", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DROP EXTENSION of an extension that was there before.")
        .effect(
            "With CASCADE every column of one of its types goes with its values, and every index that uses "
                + "one of its functions; without, it fails while one is left.")
        .remedy("Drop what uses it first, by name, and the extension in a later migration.")
        .looks(Destruction.drop(null, ObjectType.EXTENSION));
  }
}
