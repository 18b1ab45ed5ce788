package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.Severity;

/** A length that will be too short one day. */
final class VarcharLimit {
  private VarcharLimit() {}

  static Rule rule() {
    return Rule.of("varchar-limit", Topic.DESIGN, Severity.NOTE)
        .when("A column of the type varchar(n).")
        .effect(
            "The day a longer value comes every write of it fails; a shorter limit later rewrites the table.")
        .remedy(
            "text, with a CHECK on its length, which is changed without touching the rows. A limit that the "
                + "domain gives, such as a country code, is right.")
        .looks(Each.column(VarcharLimit::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnDefinition column) {
    TypeName type = column.type();
    if (type != null
        && type.canonicalName().equals("character varying")
        && !type.modifiers().isEmpty()) {
      sight.finds(
          type.offset(),
          column.name() + " of " + table + " takes " + type.modifiers().get(0) + " characters.");
    }
  }
}
