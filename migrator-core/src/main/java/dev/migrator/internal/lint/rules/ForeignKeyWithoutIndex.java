package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;
import java.util.List;

/** A foreign key whose columns have no index. */
final class ForeignKeyWithoutIndex {
  private ForeignKeyWithoutIndex() {}

  static Rule rule() {
    return Rule.of("foreign-key-without-index", Topic.DESIGN, Severity.WARNING)
        .when(
            "A foreign key, and no index or key of its table begins with its columns; one that a later "
                + "script of the run adds counts.")
        .effect(
            "Every DELETE of a row, or UPDATE of a key, of the table that it refers to reads this one from "
                + "end to end, and joins from there do too.")
        .remedy("CREATE INDEX on the columns of the foreign key.")
        .looks(Each.script(ForeignKeyWithoutIndex::look));
  }

  private static void look(Overview overview) {
    for (Part part : overview.parts()) {
      if (part.structure().detail() instanceof Create.Table table) {
        table
            .columns()
            .forEach(column -> column
                .constraints()
                .forEach(each -> look(
                    overview, part, table.name(), each, List.of(column.name().text()))));
        table.constraints().forEach(each -> look(overview, part, table.name(), each, names(each)));
      } else if (part.structure().detail() instanceof Detail.Alter alter
          && alter.object().type() == ObjectType.TABLE) {
        for (Change change : alter.changes()) {
          if (change instanceof Change.AddConstraint added) {
            look(
                overview,
                part,
                alter.object().name(),
                added.constraint(),
                names(added.constraint()));
          } else if (change instanceof ColumnChange.Add added) {
            added
                .definition()
                .constraints()
                .forEach(each -> look(
                    overview,
                    part,
                    alter.object().name(),
                    each,
                    List.of(added.column().text())));
          }
        }
      }
    }
  }

  private static List<String> names(Constraint constraint) {
    return constraint.columns().stream().map(Object::toString).toList();
  }

  private static void look(
      Overview overview, Part part, ObjectName table, Constraint constraint, List<String> columns) {
    KnownTable known = overview.world().table(table);
    if (constraint.kind() == Constraint.Kind.FOREIGN_KEY
        && known != null
        && known.isSeenWhole()
        && known.columns().keySet().containsAll(columns)
        && !known.hasIndexFor(columns)) {
      String list = String.join(", ", columns);
      overview
          .finds(
              part.statement(),
              constraint.offset(),
              "No index of " + table + " begins with " + list + ", which refers to "
                  + constraint.references() + ".")
          .unless(world -> known.isGone()
              || known.hasIndexFor(columns)
              || !known.columns().keySet().containsAll(columns))
          .rewrite("CREATE INDEX CONCURRENTLY "
              + Sql.madeUp(table.name(), String.join("_", columns), "idx") + " ON "
              + Sql.name(table) + " (" + Sql.names(columns) + ");");
    }
  }
}
