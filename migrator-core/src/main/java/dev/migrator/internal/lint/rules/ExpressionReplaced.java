package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** Another expression of a stored generated column rewrites the table. */
final class ExpressionReplaced {
  private ExpressionReplaced() {}

  static Rule rule() {
    return Rule.of("expression-replaced", Topic.LOCKS, Severity.WARNING)
        .when(
            "ALTER COLUMN ... SET EXPRESSION of a generated column, on a table that is in use; PostgreSQL 17 "
                + "and later have it.")
        .effect(
            "The values of a stored column are computed anew for all rows: the table is written anew under "
                + "an ACCESS EXCLUSIVE lock. Those of a virtual column are not kept, and nothing is rewritten.")
        .remedy(
            "Add another column with the new expression as an ordinary one that a trigger fills, and let "
                + "programs change over.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE).since(17))
        .looks(Each.change(ColumnChange.SetExpression.class, ExpressionReplaced::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.SetExpression change) {
    sight.finds(
        change.offset(),
        table + " is written anew, while nobody may use it, to compute " + change.column()
            + " again.",
        table);
  }
}
