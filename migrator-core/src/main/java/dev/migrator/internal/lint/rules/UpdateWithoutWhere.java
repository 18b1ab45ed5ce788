package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.RowChange;
import dev.migrator.report.Severity;
import java.util.List;

/** All rows of a table change. */
final class UpdateWithoutWhere {
  private UpdateWithoutWhere() {}

  static Rule rule() {
    return Rule.of("update-without-where", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when(
            "UPDATE without WHERE, of a table that was there before; one that fills a column which the run "
                + "itself has added is no exception to the time that it takes, and destroys nothing.")
        .effect(
            "All rows change: nobody can tell afterwards what was there before. Every row is locked until "
                + "the transaction ends, and leaves a dead one behind.")
        .remedy("Say which rows, or why it is all of them; large tables in portions.")
        .looks(Each.detail(Detail.Rows.class, UpdateWithoutWhere::look));
  }

  private static void look(Sight sight, Detail.Rows rows) {
    for (RowChange change : rows.changes()) {
      ObjectName table = change.table().name();
      if (change.verb() == RowChange.Verb.UPDATE
          && change.where() == RowChange.Where.ABSENT
          && sight.isOld(table)) {
        look(sight, table, Later.columnsSet(sight));
      }
    }
  }

  private static void look(Sight sight, ObjectName table, List<String> columns) {
    boolean onlyAdded = !columns.isEmpty()
        && columns.stream().allMatch(column -> sight.world().isNew(table, Aspect.COLUMN, column));
    if (!onlyAdded) {
      finding(sight, table).destroys(ObjectRef.of(ObjectType.TABLE, table));
      return;
    }
    // ADD COLUMN IF NOT EXISTS may have found the column, with values in it.
    List<String> perhapsOld = columns.stream()
        .filter(column -> !sight.isNew(table, Aspect.COLUMN, column))
        .toList();
    if (!perhapsOld.isEmpty()) {
      Finding finding = finding(sight, table);
      perhapsOld.forEach(
          column -> finding.destroys(new ObjectRef(ObjectType.COLUMN, table, column)));
    }
  }

  private static Finding finding(Sight sight, ObjectName table) {
    return sight.finds(table.offset(), "All rows of " + table + " change.");
  }
}
