package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.LintScript;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.report.Severity;

/** A down script fails where half of it is gone. */
public final class DownWithoutIfExists {
  private DownWithoutIfExists() {}

  /** The rule. */
  public static Rule rule() {
    return Rule.of("down-without-if-exists", Topic.POLICY, Severity.NOTE)
        .off()
        .when("DROP without IF EXISTS in a down script.")
        .effect(
            "A rollback of a migration that came half-way, or that somebody took back by hand, ends at the "
                + "first object that is gone.")
        .remedy("DROP ... IF EXISTS, where it does not matter whether the object was there.")
        .looks(Each.script(DownWithoutIfExists::look));
  }

  private static void look(Overview overview) {
    LintScript down = overview.script().down();
    if (down == null) {
      return;
    }
    for (Statement statement : down.statements()) {
      Detail detail = statement.structure().detail();
      boolean drops =
          detail instanceof Detail.Drop drop && !drop.clauses().contains(Clause.IF_EXISTS);
      boolean dropsColumn = detail instanceof Detail.Alter alter
          && alter.changes().stream()
              .anyMatch(change -> change instanceof ColumnChange.Drop column
                      && !column.clauses().contains(Clause.IF_EXISTS)
                  || change instanceof Change.DropConstraint constraint
                      && !constraint.clauses().contains(Clause.IF_EXISTS));
      if (drops || dropsColumn) {
        overview.finds(statement, 0, "This fails where it is gone already.");
      }
    }
  }
}
