package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import dev.migrator.report.Severity;
import java.util.ArrayList;
import java.util.List;

/** A key that runs out of numbers. */
final class IntegerKey {
  private IntegerKey() {}

  static Rule rule() {
    return Rule.of("integer-key", Topic.DESIGN, Severity.WARNING)
        .when(
            "A primary key, or a column that numbers rows, of a type smaller than bigint; a key that refers to "
                + "another table has the type that the other one has.")
        .effect(
            "At 2,147,483,647 rows, deleted ones and failed inserts included, every insert fails; a larger "
                + "type then rewrites the table and all that refers to it.")
        .remedy("bigint: it takes four bytes more.")
        .looks(Each.column(IntegerKey::look));
  }

  private static void look(Sight sight, ObjectName table, ColumnDefinition column) {
    TypeName type = column.type();
    if (type == null || !isSmall(type)) {
      return;
    }
    boolean key = column.isIdentity()
        || type.isSerial()
        || column.constraints().stream()
            .anyMatch(each -> each.kind() == Constraint.Kind.PRIMARY_KEY)
        || isOnlyKey(sight, column.name().text());
    if (key && !takesItsNumbers(sight, table, column)) {
      sight.finds(
          type.offset(), column.name() + " of " + table + " is " + type + ": its numbers run out.");
    }
  }

  private static boolean isSmall(TypeName type) {
    return type.dimensions() == 0
        && switch (type.canonicalName()) {
          case "integer", "smallint", "serial", "serial4", "smallserial", "serial2" -> true;
          default -> false;
        };
  }

  /** Whether its numbers are those of another table, which has them in a type that is as small: it runs out there. */
  private static boolean takesItsNumbers(Sight sight, ObjectName table, ColumnDefinition column) {
    String name = column.name().text();
    List<Constraint> all = new ArrayList<>(column.constraints());
    if (sight.detail() instanceof Create.Table create) {
      all.addAll(create.constraints());
    }
    all.addAll(Later.constraintsAdded(sight, table));
    return all.stream()
        .filter(each -> each.kind() == Constraint.Kind.FOREIGN_KEY)
        .filter(each -> each.columns().isEmpty()
            ? column.constraints().contains(each)
            : each.columns().size() == 1 && each.columns().get(0).text().equals(name))
        .anyMatch(each -> !refersToLarger(sight, each));
  }

  private static boolean refersToLarger(Sight sight, Constraint key) {
    ObjectName other = key.references();
    KnownTable known = other == null ? null : sight.world().table(other);
    if (known == null) {
      return false;
    }
    String column = key.referencedColumns().isEmpty()
        ? known.primaryKeyColumn()
        : key.referencedColumns().get(0).text();
    TypeName type = column == null ? null : known.type(column);
    return type != null && !isSmall(type);
  }

  private static boolean isOnlyKey(Sight sight, String column) {
    return sight.detail() instanceof Create.Table table
        && table.constraints().stream()
            .anyMatch(each -> each.kind() == Constraint.Kind.PRIMARY_KEY
                && each.columns().size() == 1
                && each.columns().get(0).text().equals(column));
  }
}
