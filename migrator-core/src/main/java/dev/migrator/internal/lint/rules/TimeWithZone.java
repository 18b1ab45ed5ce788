package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.Severity;

/** A time of day with an offset that no date explains. */
final class TimeWithZone {
  private TimeWithZone() {}

  static Rule rule() {
    return Rule.of("time-with-zone", Topic.DESIGN, Severity.NOTE)
        .when("A column of the type time with time zone.")
        .effect(
            "Without a date nobody can tell which offset a time zone has; the type is there because the SQL "
                + "standard has it.")
        .remedy("time, or timestamptz where a moment is meant.")
        .looks(Each.column(TimeWithZone::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnDefinition column) {
    TypeName type = column.type();
    if (type != null && type.canonicalName().equals("time with time zone")) {
      sight.finds(
          type.offset(), column.name() + " of " + table + " is a time of day with a time zone.");
    }
  }
}
