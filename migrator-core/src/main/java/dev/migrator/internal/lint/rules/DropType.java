package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** A type goes. */
final class DropType {
  private DropType() {}

  static Rule rule() {
    return Rule.of("drop-type", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when(
            "DROP TYPE or DROP DOMAIN of a type that was there before; one that the script itself creates again "
                + "is replaced, not dropped, unless CASCADE takes its columns along.")
        .effect(
            "With CASCADE every column of the type goes with its values; without, it fails while one is "
                + "left. Programs that name the type fail.")
        .remedy("Give the columns another type first, and drop the type in a later migration.")
        .looks(Destruction.drop(null, ObjectType.TYPE, ObjectType.DOMAIN));
  }
}
