package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TableChange;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** Another access method writes the table anew. */
final class AccessMethodChanged {
  private AccessMethodChanged() {}

  static Rule rule() {
    return Rule.of("set-access-method", Topic.LOCKS, Severity.WARNING)
        .when("SET ACCESS METHOD on a table that is in use; PostgreSQL 15 and later have it.")
        .effect(
            "The whole table and its indexes are written anew under an ACCESS EXCLUSIVE lock: nobody reads "
                + "or writes the table meanwhile.")
        .remedy(
            "Do it when nobody needs the table, or make a new table and let programs change over.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE).since(15))
        .looks(Each.change(TableChange.SetAccessMethod.class, AccessMethodChanged::look));
  }

  private static void look(Sight sight, ObjectName table, TableChange.SetAccessMethod change) {
    sight.finds(
        change.offset(),
        "SET ACCESS METHOD copies all of " + table + " while nobody may use it.",
        table);
  }
}
