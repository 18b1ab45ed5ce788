package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules about constraints have in common. */
final class Constraints {

  private Constraints() {}

  /** The column that has a constraint as its own; {@code null} when it is the table's. */
  static @Nullable ColumnDefinition ownColumn(Sight sight, Constraint constraint) {
    if (sight.detail() instanceof Detail.Alter alter) {
      for (Change change : alter.changes()) {
        if (change instanceof ColumnChange.Add added
            && added.definition().constraints().contains(constraint)) {
          return added.definition();
        }
      }
    }
    return null;
  }

  /** Whether a constraint is that of a column that the same ALTER adds without a value: then no row can break it. */
  static boolean isOfEmptyColumn(Sight sight, Constraint constraint) {
    ColumnDefinition column = ownColumn(sight, constraint);
    return column != null
        && column.defaultValue() == null
        && column.generated() == null
        && !column.isIdentity()
        && (column.type() == null || !column.type().isSerial());
  }

  /** The two statements that add a constraint without stopping anybody; {@code null} where they cannot be made of this one. */
  static @Nullable String notValidThenValidate(
      Sight sight, ObjectName table, Constraint constraint, List<String> columns) {
    if (!(sight.detail() instanceof Detail.Alter alter)
        || alter.changes().size() != 1
        || !(alter.changes().get(0) instanceof Change.AddConstraint)) {
      return null;
    }
    String name = constraint.name() == null
        ? Sql.madeUp(
            table.name(),
            String.join("_", columns.isEmpty() ? List.of("valid") : columns),
            constraint.kind() == Constraint.Kind.FOREIGN_KEY ? "fkey" : "check")
        : Sql.name(constraint.name());
    String text = sight.sql().substring(constraint.offset()).strip();
    String definition = constraint.name() == null ? "CONSTRAINT " + name + " " + text : text;
    String only = alter.clauses().contains(Clause.ONLY) ? "ONLY " : "";
    return "ALTER TABLE " + only + Sql.name(table) + " ADD " + definition
        + " NOT VALID;\n-- in a later migration:\nALTER TABLE " + Sql.name(table)
        + " VALIDATE CONSTRAINT " + name + ";";
  }
}
