package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.Severity;

/** A NOT NULL column without a value for the rows that are there. */
final class RequiredColumnWithoutDefault {
  private RequiredColumnWithoutDefault() {}

  static Rule rule() {
    return Rule.of("required-column-without-default", Topic.FAILURE, Severity.ERROR)
        .when("ADD COLUMN ... NOT NULL without a default, to a table that was there before.")
        .effect(
            "As soon as the table has a row the statement fails, after it has waited for its ACCESS "
                + "EXCLUSIVE lock. Programs of the release before, which do not name the column, fail too.")
        .remedy(
            "Give it a default; or add it without NOT NULL, fill it in portions, and make it NOT NULL as "
                + "set-not-null describes.")
        .looks(Each.change(ColumnChange.Add.class, RequiredColumnWithoutDefault::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.Add change) {
    ColumnDefinition column = change.definition();
    boolean required = column.clauses().contains(Clause.NOT_NULL)
        || column.constraints().stream()
            .anyMatch(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY);
    boolean hasValue = column.defaultValue() != null
        || column.generated() != null
        || column.isIdentity()
        || column.type() != null && column.type().isSerial();
    if (required && !hasValue && !sight.world().isEmptied(table)) {
      sight.finds(
          change.offset(),
          "The rows that " + table + " has would have no " + change.column()
              + ", which is NOT NULL.");
    }
  }
}
