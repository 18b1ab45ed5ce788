package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Conditions;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A table is read through under the strongest lock to see that a column has no NULL. */
final class SetNotNull {

  private SetNotNull() {}

  static Rule rule() {
    return Rule.of("set-not-null", Rule.Topic.LOCKS, Severity.WARNING)
        .when(
            "SET NOT NULL on a column of a table that is in use, without a valid CHECK that proves it.")
        .effect(
            "The table is read from end to end under an ACCESS EXCLUSIVE lock: nobody reads or writes it meanwhile.")
        .remedy(
            "Add CHECK (column IS NOT NULL) NOT VALID, validate it in a later migration, then SET NOT NULL, which needs no"
                + " scan any more, and drop the CHECK. From PostgreSQL 18 on, add the NOT NULL constraint itself NOT VALID"
                + " and validate it.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Claim.Work.SCAN))
        .looks(Each.change(ColumnChange.SetNotNull.class, SetNotNull::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.SetNotNull change) {
    String column = change.column().text();
    KnownTable known = sight.world().table(table);
    if (known != null && (isNotNull(known, column) || isProved(known, column))) {
      return;
    }
    sight
        .finds(
            change.offset(),
            "All of " + table + " is read, while nobody may use it, to see that " + column
                + " is never NULL.",
            table)
        .rewrite(rewrite(sight.version(), table, column));
  }

  private static boolean isNotNull(KnownTable table, String column) {
    KnownTable.KnownColumn known = table.columns().get(column);
    return known != null && known.notNull();
  }

  /** Whether a valid CHECK proves that a column is never NULL. */
  static boolean isProved(KnownTable table, String column) {
    return table.constraints().values().stream()
        .filter(constraint ->
            constraint.valid() && constraint.definition().kind() == Constraint.Kind.CHECK)
        .anyMatch(constraint -> proves(constraint.definition().expression(), column));
  }

  /** PostgreSQL takes a CHECK for a proof when it implies the column's IS NOT NULL; of the forms in use these two do. */
  private static boolean proves(@Nullable Fragment check, String column) {
    if (check == null) {
      return false;
    }
    String words = Conditions.plain(check);
    String wanted = column.toLowerCase(Locale.ROOT) + " is not null";
    return !words.contains(" or ") && (" " + words + " ").contains(" " + wanted + " ");
  }

  private static String rewrite(int version, ObjectName table, String column) {
    String on = "ALTER TABLE " + Sql.name(table) + " ";
    String name = Sql.madeUp(table.name(), column, "not_null");
    return version >= 18
        ? on + "ADD CONSTRAINT " + name + " NOT NULL " + Sql.name(column)
            + " NOT VALID;\n-- in a later migration:\n" + on + "VALIDATE CONSTRAINT " + name + ";"
        : on + "ADD CONSTRAINT " + name + " CHECK (" + Sql.name(column)
            + " IS NOT NULL) NOT VALID;\n-- in a later migration:\n" + on + "VALIDATE CONSTRAINT "
            + name + ";\n-- in one after that:\n" + on + "ALTER COLUMN " + Sql.name(column)
            + " SET NOT NULL;\n" + on + "DROP CONSTRAINT " + name + ";";
  }
}
