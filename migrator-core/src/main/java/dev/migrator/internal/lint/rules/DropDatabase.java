package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** A whole database goes. */
final class DropDatabase {
  private DropDatabase() {}

  static Rule rule() {
    return Rule.of("drop-database", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DROP DATABASE in a migration.")
        .effect("Everything in it is gone.")
        .remedy("Databases are not for migrations to drop.")
        .looks(Destruction.drop(null, ObjectType.DATABASE));
  }
}
