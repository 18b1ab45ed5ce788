package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.Severity;

/** A table that inherits from another one. */
final class TableInheritance {
  private TableInheritance() {}

  static Rule rule() {
    return Rule.of("table-inheritance", Topic.DESIGN, Severity.NOTE)
        .when("CREATE TABLE with INHERITS.")
        .effect("Keys and foreign keys of the parent do not hold for the rows of its children.")
        .remedy(
            "Partitions where rows are to be divided, a foreign key where a row belongs to another one.")
        .looks(Each.detail(Create.Table.class, TableInheritance::look));
  }

  private static void look(Sight sight, Create.Table table) {
    if (!table.inherits().isEmpty()) {
      sight.finds(
          table.name().offset(),
          table.name() + " inherits from " + table.inherits().get(0) + ".");
    }
  }
}
