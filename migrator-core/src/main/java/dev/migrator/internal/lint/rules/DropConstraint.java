package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Conditions;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.KnownTable.KnownConstraint;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.World;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A constraint goes. */
final class DropConstraint {
  private DropConstraint() {}

  static Rule rule() {
    return Rule.of("drop-constraint", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when(
            "DROP CONSTRAINT of a constraint that was there before; one that the script itself adds again, "
                + "under its name, as a key or CHECK of the same columns, or as a foreign key from and to the same "
                + "columns, is replaced, unless the new one is weaker: UNIQUE for a PRIMARY KEY, another table, NOT "
                + "ENFORCED. A CHECK that only proved SET NOT NULL has done its work.")
        .effect(
            "From then on rows may be written that break it, and they stay when it comes back. It needs an "
                + "ACCESS EXCLUSIVE lock, that of a foreign key also on the table that it refers to; a key takes "
                + "its index with it, and with CASCADE the foreign keys that refer to it.")
        .remedy(
            "Make sure that nothing relies on it: queries that expect one row, ON CONFLICT, programs that "
                + "wait for the error.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.change(Change.DropConstraint.class, DropConstraint::look));
  }

  private static void look(Sight sight, ObjectName table, Change.DropConstraint change) {
    String name = change.name().text();
    KnownTable known = sight.world().table(table);
    KnownConstraint constraint = known == null ? null : known.constraints().get(name);
    if (sight.isNew(table, Aspect.CONSTRAINT, name)
        || Later.constraintsAdded(sight, table).stream()
            .anyMatch(added -> replaces(sight, table, name, constraint, added))
        || known != null && constraint != null && isProofOfNotNull(known, constraint)) {
      return;
    }
    Destruction.goes(
            sight,
            change.name().offset(),
            new ObjectRef(ObjectType.CONSTRAINT, table, name),
            sight.isProbablyNew(table, Aspect.CONSTRAINT, name))
        .on(Role.TABLE, table);
  }

  private static boolean replaces(
      Sight sight,
      ObjectName table,
      String name,
      @Nullable KnownConstraint gone,
      Constraint added) {
    boolean named = name.equals(KnownTable.nameOf(added, table.name()));
    if (added.has(Clause.NOT_ENFORCED)) {
      return false;
    }
    if (gone == null) {
      return named;
    }
    return isAsStrong(gone.definition().kind(), added.kind())
        && (added.kind() != Constraint.Kind.FOREIGN_KEY
            || refersToTheSame(sight.world(), gone.definition(), added))
        && (named || isOfTheSameColumns(sight.world().table(table), gone, added));
  }

  /** A unique constraint may become the primary key; a primary key forbids NULL as well. */
  private static boolean isAsStrong(Constraint.Kind gone, Constraint.Kind added) {
    return gone == added || gone == Constraint.Kind.UNIQUE && added == Constraint.Kind.PRIMARY_KEY;
  }

  private static boolean refersToTheSame(World world, Constraint gone, Constraint added) {
    ObjectName one = gone.references();
    ObjectName other = added.references();
    return one != null
        && other != null
        && world.isSame(one, other)
        && referred(world, one, gone).equals(referred(world, one, added));
  }

  /** The columns that a foreign key refers to; empty where it means a primary key that is not known. */
  private static List<String> referred(World world, ObjectName table, Constraint key) {
    KnownTable known = world.table(table);
    String primary = known == null ? null : known.primaryKeyColumn();
    return key.referencedColumns().isEmpty() && primary != null
        ? List.of(primary)
        : key.referencedColumns().stream().map(Object::toString).toList();
  }

  private static boolean isOfTheSameColumns(
      @Nullable KnownTable table, KnownConstraint gone, Constraint added) {
    List<String> columns = switch (added.kind()) {
      case PRIMARY_KEY, UNIQUE, FOREIGN_KEY ->
        added.columns().stream().map(Object::toString).toList();
      case CHECK -> table == null ? List.of() : table.columnsNamed(added);
      case EXCLUDE, NOT_NULL -> List.of();
    };
    return !columns.isEmpty() && Set.copyOf(gone.columns()).equals(Set.copyOf(columns));
  }

  private static boolean isProofOfNotNull(KnownTable table, KnownConstraint constraint) {
    return table.columns().entrySet().stream()
        .filter(column -> column.getValue().notNull())
        .anyMatch(column ->
            Conditions.saysOnlyNotNull(constraint.definition().expression(), column.getKey()));
  }
}
