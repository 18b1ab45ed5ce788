package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A new type leaves the rows as they are, and what is built upon them not. */
final class ColumnTypeScan {

  private ColumnTypeScan() {}

  static Rule rule() {
    return Rule.of("column-type-scan", Topic.LOCKS, Severity.WARNING)
        .when(
            "ALTER COLUMN ... TYPE to a type that takes the old values as they are, on a table that is in use, where an "
                + "index of the column has to be built anew or a CHECK speaks of it.")
        .effect(
            "The table is not written anew, but read from end to end under an ACCESS EXCLUSIVE lock: for every "
                + "CHECK about the column, and to build its indexes, those with an expression or a WHERE always, others "
                + "where the new type has operators of its own, as timestamptz has others than timestamp.")
        .remedy(
            "Drop the index before, CONCURRENTLY, and build it again afterwards, CONCURRENTLY; put the CHECK "
                + "back NOT VALID and validate it: each in a migration of its own. Or add a column of the new type.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.SCAN))
        .looks(Each.change(ColumnChange.SetType.class, ColumnTypeScan::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnChange.SetType change) {
    String column = change.column().text();
    KnownTable known = sight.world().table(table);
    TypeName before = sight.type(table, column);
    if (known == null || before == null || writesAnew(sight, table)) {
      return;
    }
    String index = known.indexBuiltAnew(column, TypeCost.keepsOperators(before, change.type()));
    String check = known.checkOf(column);
    if (index != null || check != null) {
      sight.finds(
          change.offset(),
          "All of " + table + " is read, while nobody may use it, to "
              + (index != null
                  ? "build the index " + index + " anew, which depends on " + column + "."
                  : "hold the CHECK " + check + " of " + column + " against every row."),
          table);
    }
  }

  /** column-type-rewrite speaks of that. */
  private static boolean writesAnew(Sight sight, ObjectName table) {
    return sight.detail() instanceof Detail.Alter alter
        && alter.changes().stream()
            .anyMatch(change -> change instanceof ColumnChange.SetType typed
                && TypeCost.of(sight.type(table, typed.column().text()), typed)
                    != TypeCost.NOTHING);
  }
}
