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

/** A table becomes logged or unlogged by being written anew. */
final class PersistenceChanged {
  private PersistenceChanged() {}

  static Rule rule() {
    return Rule.of("set-logged", Topic.LOCKS, Severity.WARNING)
        .when("SET LOGGED or SET UNLOGGED on a table that is in use.")
        .effect(
            "The whole table and its indexes are written anew under an ACCESS EXCLUSIVE lock; an unlogged "
                + "table is empty after a crash and is not on standbys.")
        .remedy(
            "Do it when nobody needs the table, or make a new table and let programs change over.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE))
        .looks(Each.change(TableChange.SetPersistence.class, PersistenceChanged::look));
  }

  private static void look(Sight sight, ObjectName table, TableChange.SetPersistence change) {
    sight.finds(
        change.offset(),
        "SET " + change.persistence() + " copies all of " + table + " while nobody may use it.",
        table);
  }
}
