package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A stored generated column computes a value for all rows of a table in use. */
final class StoredColumnAdded {
  private StoredColumnAdded() {}

  static Rule rule() {
    return Rule.of("stored-column-added", Topic.LOCKS, Severity.WARNING)
        .when("ADD COLUMN ... GENERATED ALWAYS AS (...) STORED, to a table that is in use.")
        .effect(
            "The whole table and its indexes are written anew under an ACCESS EXCLUSIVE lock: nobody reads "
                + "or writes the table meanwhile.")
        .remedy(
            "Add an ordinary column, keep it up to date with a trigger and fill it in portions. From "
                + "PostgreSQL 18 on a VIRTUAL column rewrites nothing; an index on the expression may do as well.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE))
        .looks(Each.change(ColumnChange.Add.class, StoredColumnAdded::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.Add change) {
    if (change.definition().generated() != null
        && change.definition().clauses().contains(Clause.STORED)) {
      sight.finds(
          change.offset(),
          table + " is written anew, while nobody may use it, to compute the values of "
              + change.column() + ".",
          table);
    }
  }
}
