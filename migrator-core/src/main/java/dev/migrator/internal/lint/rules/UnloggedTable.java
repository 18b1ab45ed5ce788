package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.TableChange;
import dev.migrator.report.Severity;

/** A table that is empty after a crash. */
final class UnloggedTable {
  private UnloggedTable() {}

  static Rule rule() {
    return Rule.of("unlogged-table", Topic.DESIGN, Severity.NOTE)
        .when("CREATE UNLOGGED TABLE, or SET UNLOGGED.")
        .effect(
            "After a crash of the server the table is empty; standbys do not have its rows, and backups of "
                + "the files neither.")
        .remedy("An ordinary table, unless its rows can be made again.")
        .looks(Each.statement(UnloggedTable::look));
  }

  private static void look(Sight sight) {
    if (sight.detail() instanceof Create.Table table && table.clauses().contains(Clause.UNLOGGED)) {
      sight.finds(table.name().offset(), table.name() + " is empty after a crash.");
    } else if (sight.detail() instanceof Detail.Alter alter) {
      for (Change change : alter.changes()) {
        if (change instanceof TableChange.SetPersistence persistence
            && persistence.persistence() == TableChange.Persistence.UNLOGGED) {
          sight.finds(
              change.offset(), alter.object().name() + " is empty after a crash from now on.");
        }
      }
    }
  }
}
