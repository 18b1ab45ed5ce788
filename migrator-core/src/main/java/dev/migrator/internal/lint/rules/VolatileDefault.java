package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import org.jspecify.annotations.Nullable;

/** A default that differs from row to row rewrites the table. */
final class VolatileDefault {
  private VolatileDefault() {}

  static Rule rule() {
    return Rule.of("volatile-default", Topic.LOCKS, Severity.WARNING)
        .when("ADD COLUMN with a volatile default, to a table that is in use.")
        .effect(
            "Every row gets a value of its own: the whole table and its indexes are written anew under an "
                + "ACCESS EXCLUSIVE lock. A constant, and now(), is kept once for all rows instead.")
        .remedy(
            "Add the column without a default, SET DEFAULT in another statement, which is for new rows only, "
                + "and fill the old ones in portions.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE))
        .looks(Each.change(ColumnChange.Add.class, VolatileDefault::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.Add change) {
    Fragment value = change.definition().defaultValue();
    if (value == null) {
      return;
    }
    Volatility.Verdict verdict = Volatility.of(value.text());
    if (verdict.volatility() == Volatility.STABLE) {
      return;
    }
    boolean known = verdict.volatility() == Volatility.VOLATILE;
    sight
        .finds(
            value.offset(),
            known
                ? table + " is written anew, while nobody may use it, because " + verdict.function()
                    + "() gives every row another value."
                : table + " is written anew, while nobody may use it, unless " + verdict.function()
                    + "() is declared STABLE or IMMUTABLE.",
            table)
        .rewrite(rewrite(table, change, value));
  }

  private static @Nullable String rewrite(
      ObjectName table, ColumnChange.Add change, Fragment value) {
    TypeName type = change.definition().type();
    if (type == null
        || !change.definition().constraints().isEmpty()
        || !change.definition().clauses().isEmpty()) {
      return null;
    }
    String on = "ALTER TABLE " + Sql.name(table) + " ";
    String column = Sql.name(change.column());
    return on + "ADD COLUMN " + column + " " + type + ";\n" + on + "ALTER COLUMN " + column
        + " SET DEFAULT " + value + ";\n-- then, in portions:\nUPDATE " + Sql.name(table) + " SET "
        + column + " = DEFAULT WHERE " + column + " IS NULL AND ...;";
  }
}
