package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.Severity;

/** A column that is filled with blanks. */
final class CharColumn {
  private CharColumn() {}

  static Rule rule() {
    return Rule.of("char-column", Topic.DESIGN, Severity.WARNING)
        .when("A column of the type char(n).")
        .effect(
            "Values are filled with blanks up to n, which count in some comparisons and not in others; it "
                + "takes more room than text and is no faster.")
        .remedy("text, with a CHECK on its length where that matters.")
        .looks(Each.column(CharColumn::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnDefinition column) {
    TypeName type = column.type();
    if (type != null
        && type.canonicalName().equals("character")
        && !type.text().contains("\"char\"")) {
      sight.finds(
          type.offset(),
          column.name() + " of " + table + " is " + type + ": blanks are added to it.");
    }
  }
}
