package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key builds its index while nobody may use the table. */
final class KeyWithoutIndex {
  private KeyWithoutIndex() {}

  static Rule rule() {
    return Rule.of("key-without-index", Topic.LOCKS, Severity.WARNING)
        .when("UNIQUE or PRIMARY KEY is added to a table that is in use, without USING INDEX.")
        .effect(
            "The index is built under an ACCESS EXCLUSIVE lock: nobody reads or writes the table meanwhile.")
        .remedy(
            "Build the index first, CREATE UNIQUE INDEX CONCURRENTLY in a migration of its own, then add the "
                + "key USING INDEX.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.SCAN))
        .looks(Each.constraint(KeyWithoutIndex::look));
  }

  private static void look(
      Sight sight, ObjectName table, Constraint constraint, List<String> columns) {
    boolean primary = constraint.kind() == Constraint.Kind.PRIMARY_KEY;
    if ((primary || constraint.kind() == Constraint.Kind.UNIQUE)
        && constraint.usingIndex() == null) {
      sight
          .finds(
              constraint.offset(),
              "The index of the key on " + table + " (" + String.join(", ", columns)
                  + ") is built while nobody may use the table.",
              table)
          .rewrite(rewrite(sight, table, constraint, columns));
    }
  }

  private static @Nullable String rewrite(
      Sight sight, ObjectName table, Constraint constraint, List<String> columns) {
    if (constraint.has(Clause.WITHOUT_OVERLAPS)
        || Constraints.ownColumn(sight, constraint) != null
        || !(sight.detail() instanceof Detail.Alter alter)
        || alter.changes().size() > 1) {
      return null;
    }
    boolean primary = constraint.kind() == Constraint.Kind.PRIMARY_KEY;
    String name = constraint.name() != null
        ? Sql.name(constraint.name())
        : primary
            ? Sql.madeUp(table.name(), "pkey")
            : Sql.madeUp(table.name(), String.join("_", columns), "key");
    return "CREATE UNIQUE INDEX CONCURRENTLY " + name + " ON " + Sql.name(table) + " ("
        + Sql.names(columns) + ")"
        + (constraint.include().isEmpty()
            ? ""
            : " INCLUDE ("
                + Sql.names(constraint.include().stream().map(Object::toString).toList()) + ")")
        + (constraint.has(Clause.NULLS_NOT_DISTINCT) ? " NULLS NOT DISTINCT" : "")
        + ";\n-- in a later migration:\nALTER TABLE " + Sql.name(table) + " ADD CONSTRAINT " + name
        + (primary ? " PRIMARY KEY" : " UNIQUE") + " USING INDEX " + name
        + (constraint.has(Clause.DEFERRABLE) ? " DEFERRABLE" : "")
        + (constraint.has(Clause.INITIALLY_DEFERRED) ? " INITIALLY DEFERRED" : "") + ";";
  }
}
