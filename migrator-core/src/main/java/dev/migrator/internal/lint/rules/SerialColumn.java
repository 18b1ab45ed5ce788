package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.Severity;

/** A number from a sequence that is only loosely the column's. */
final class SerialColumn {
  private SerialColumn() {}

  static Rule rule() {
    return Rule.of("serial-column", Topic.DESIGN, Severity.NOTE)
        .when("A column of a serial type.")
        .effect(
            "The sequence has rights of its own, which must be granted beside the table's; a copied table "
                + "shares it; anybody may write other numbers into the column.")
        .remedy("GENERATED ALWAYS AS IDENTITY, which is the SQL standard's.")
        .looks(Each.column(SerialColumn::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnDefinition column) {
    TypeName type = column.type();
    if (type != null && type.isSerial()) {
      sight.finds(
          type.offset(), column.name() + " of " + table + " is " + type + ", not an identity.");
    }
  }
}
