package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.Severity;

/** A point in time of which nobody knows where its clock hangs. */
final class TimestampWithoutZone {
  private TimestampWithoutZone() {}

  static Rule rule() {
    return Rule.of("timestamp-without-zone", Topic.DESIGN, Severity.WARNING)
        .when("A column of the type timestamp, without time zone.")
        .effect(
            "It keeps what the clock showed and not which clock: programs in different time zones read "
                + "different moments, and the hour when summer time ends is there twice.")
        .remedy("timestamptz, which takes no more room and keeps the moment.")
        .looks(Each.column(TimestampWithoutZone::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnDefinition column) {
    TypeName type = column.type();
    if (type != null && type.canonicalName().equals("timestamp without time zone")) {
      sight.finds(type.offset(), column.name() + " of " + table + " has no time zone.");
    }
  }
}
