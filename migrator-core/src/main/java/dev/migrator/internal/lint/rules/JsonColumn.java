package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.Severity;

/** A json column where jsonb is meant. */
final class JsonColumn {
  private JsonColumn() {}

  static Rule rule() {
    return Rule.of("json-column", Topic.DESIGN, Severity.WARNING)
        .when("A column has the type json.")
        .effect(
            "json has no equality: SELECT DISTINCT, GROUP BY and UNION over the column fail, it has no index "
                + "of its own, and every access parses the text again.")
        .remedy("jsonb, unless the exact text must be kept.")
        .looks(Each.column(JsonColumn::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnDefinition column) {
    TypeName type = column.type();
    if (type != null && type.canonicalName().equals("json")) {
      sight.finds(type.offset(), column.name() + " of " + table + " is json, not jsonb.");
    }
  }
}
