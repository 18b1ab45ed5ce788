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
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A new type rewrites the table. */
final class ColumnTypeRewrite {
  private ColumnTypeRewrite() {}

  static Rule rule() {
    return Rule.of("column-type-rewrite", Topic.LOCKS, Severity.WARNING)
        .when(
            "ALTER COLUMN ... TYPE to a type that does not hold the old values as they are, on a table that "
                + "is in use.")
        .effect(
            "The whole table and all of its indexes are written anew under an ACCESS EXCLUSIVE lock: nobody "
                + "reads or writes the table meanwhile, and it takes its size on disk once more.")
        .remedy(
            "Add a column of the new type, keep it up to date with a trigger, fill it in portions, let "
                + "programs change over, drop the old one. Nothing is rewritten for a longer varchar, for text, a "
                + "numeric with more digits of the same scale, or between timestamp and timestamptz in UTC.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE))
        .looks(Each.change(ColumnChange.SetType.class, ColumnTypeRewrite::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.SetType change) {
    TypeName before = sight.type(table, change.column().text());
    TypeCost cost = TypeCost.of(before, change);
    String column = table + "." + change.column();
    if (cost == TypeCost.REWRITE) {
      sight.finds(
          change.offset(),
          table + " is written anew, while nobody may use it, to make " + column + " "
              + change.type() + (before == null ? "." : " instead of " + before + "."),
          table);
    } else if (cost == TypeCost.UNKNOWN) {
      sight.finds(
          change.offset(),
          table + " is written anew, while nobody may use it, unless the type that " + column
              + " has can be taken for " + change.type() + ".",
          table);
    }
  }
}
