package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.Severity;

/** An amount whose currency is a setting. */
final class MoneyColumn {
  private MoneyColumn() {}

  static Rule rule() {
    return Rule.of("money-column", Topic.DESIGN, Severity.WARNING)
        .when("A column of the type money.")
        .effect(
            "Its currency and its decimals are those of the setting lc_monetary: on another server the same "
                + "value is another amount.")
        .remedy("numeric, with the currency in a column of its own.")
        .looks(Each.column(MoneyColumn::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnDefinition column) {
    TypeName type = column.type();
    if (type != null && type.canonicalName().equals("money")) {
      sight.finds(type.offset(), column.name() + " of " + table + " is money.");
    }
  }
}
