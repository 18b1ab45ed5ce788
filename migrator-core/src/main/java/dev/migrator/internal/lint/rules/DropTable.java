package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A table goes, with everything in it. */
final class DropTable {

  private DropTable() {}

  static Rule rule() {
    return Rule.of("drop-table", Rule.Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DROP TABLE of a table that was there before.")
        .effect(
            "Its rows are gone, and a down script cannot bring them back; programs of the release before fail. It waits for"
                + " every transaction that uses the table, and everybody else waits for it.")
        .remedy(
            "Release a version that does not use the table, rename it in one migration, and drop it in a later one, once"
                + " nobody has missed it and a backup holds it.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Destruction.drop(Role.TABLE, ObjectType.TABLE, ObjectType.FOREIGN_TABLE));
  }
}
