package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.RowChange;
import dev.migrator.report.Severity;

/** All rows of a table go. */
final class DeleteWithoutWhere {
  private DeleteWithoutWhere() {}

  static Rule rule() {
    return Rule.of("delete-without-where", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DELETE without WHERE, of a table that was there before.")
        .effect(
            "All rows go: nobody can tell afterwards what was there before. Every row is locked until the "
                + "transaction ends, and leaves a dead one behind.")
        .remedy("Say which rows, or why it is all of them; large tables in portions.")
        .looks(Each.detail(Detail.Rows.class, DeleteWithoutWhere::look));
  }

  private static void look(Sight sight, Detail.Rows rows) {
    for (RowChange change : rows.changes()) {
      ObjectName table = change.table().name();
      if (change.verb() == RowChange.Verb.DELETE
          && change.where() == RowChange.Where.ABSENT
          && sight.isOld(table)) {
        sight
            .finds(table.offset(), "All rows of " + table + " go.")
            .destroys(ObjectRef.of(ObjectType.TABLE, table));
      }
    }
  }
}
