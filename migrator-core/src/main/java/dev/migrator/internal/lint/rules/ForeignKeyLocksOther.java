package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A foreign key puts triggers on the table that it refers to. */
final class ForeignKeyLocksOther {
  private ForeignKeyLocksOther() {}

  static Rule rule() {
    return Rule.of("foreign-key-locks-other", Topic.LOCKS, Severity.NOTE)
        .when(
            "A foreign key of a new table, or one that is added NOT VALID, refers to a table that is in use.")
        .effect(
            "It needs a SHARE ROW EXCLUSIVE lock on the table that it refers to: it waits for every "
                + "transaction that writes to that table, and everybody who wants to write later waits until the "
                + "transaction ends.")
        .remedy(
            "Keep the transaction short, with a lock_timeout. Where the other table is always busy, create "
                + "the table without the foreign key and add it NOT VALID in a migration of its own.")
        .claims(Claim.of(Role.REFERENCED, LockMode.SHARE_ROW_EXCLUSIVE))
        .looks(Each.statement(ForeignKeyLocksOther::look));
  }

  /** A table that several foreign keys of the statement refer to is locked once. */
  private static void look(Sight sight) {
    Set<String> told = new HashSet<>();
    if (sight.detail() instanceof Create.Table table) {
      Stream.concat(
              table.constraints().stream(),
              table.columns().stream().flatMap(column -> column.constraints().stream()))
          .sorted(Comparator.comparingInt(Constraint::offset))
          .forEach(constraint -> look(sight, table.name(), constraint, told));
    } else if (sight.detail() instanceof Detail.Alter alter
        && alter.object().type() == ObjectType.TABLE) {
      ObjectName table = alter.object().name();
      boolean empty = !sight.isOld(table) || sight.isTruncated(table);
      for (Change change : alter.changes()) {
        if (change instanceof Change.AddConstraint added) {
          if (empty
              || added.constraint().has(Clause.NOT_VALID)
              || added.constraint().has(Clause.NOT_ENFORCED)) {
            look(sight, table, added.constraint(), told);
          }
        } else if (change instanceof ColumnChange.Add added) {
          added.definition().constraints().stream()
              .filter(constraint -> empty || Constraints.isOfEmptyColumn(sight, constraint))
              .forEach(constraint -> look(sight, table, constraint, told));
        }
      }
    }
  }

  private static void look(Sight sight, ObjectName table, Constraint constraint, Set<String> told) {
    ObjectName other = constraint.references();
    if (constraint.kind() == Constraint.Kind.FOREIGN_KEY
        && other != null
        && sight.isOld(other)
        && !sight.world().isSame(table, other)
        && told.add(sight.world().spelled(other))) {
      sight
          .finds(
              constraint.offset(),
              "Nobody may write to " + other + " until the foreign key of " + table
                  + " is there, and the transaction ends.")
          .on(Role.REFERENCED, other);
    }
  }
}
