package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.KnownTable.KnownColumn;
import dev.migrator.internal.lint.KnownTable.KnownIndex;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.List;

/** A primary key made of an index reads the table for NULLs. */
final class PrimaryKeyOfNullable {
  private PrimaryKeyOfNullable() {}

  static Rule rule() {
    return Rule.of("primary-key-of-nullable", Topic.LOCKS, Severity.WARNING)
        .when("PRIMARY KEY USING INDEX over a column that may be NULL, on a table that is in use.")
        .effect(
            "PostgreSQL makes the column NOT NULL first: the table is read from end to end under an ACCESS "
                + "EXCLUSIVE lock.")
        .remedy(
            "Make the columns NOT NULL before, with a validated CHECK as set-not-null describes.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.SCAN))
        .looks(Each.constraint(PrimaryKeyOfNullable::look));
  }

  private static void look(
      Sight sight, ObjectName table, Constraint constraint, List<String> columns) {
    Name index = constraint.usingIndex();
    KnownTable known = sight.world().table(table);
    if (constraint.kind() != Constraint.Kind.PRIMARY_KEY || index == null || known == null) {
      return;
    }
    KnownIndex of = known.indexes().get(index.text());
    if (of == null) {
      return;
    }
    for (String column : of.elements()) {
      KnownColumn nullable = known.columns().get(column);
      if (nullable != null && !nullable.notNull() && !SetNotNull.isProved(known, column)) {
        sight.finds(
            constraint.offset(),
            "All of " + table + " is read, while nobody may use it, to see that " + column
                + " is never NULL.",
            table);
        return;
      }
    }
  }
}
