package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;
import java.util.List;

/** What depends on it goes too, whatever that is. */
final class DropCascade {
  private DropCascade() {}

  static Rule rule() {
    return Rule.of("drop-cascade", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("CASCADE behind DROP, of what was there before.")
        .effect(
            "Everything that depends on it goes as well: foreign keys, views, columns, functions, on this "
                + "database perhaps more than on the one where the script was tried.")
        .remedy("Leave CASCADE away, and drop what depends on it by name.")
        .looks(Each.statement(DropCascade::look));
  }

  private static void look(Sight sight) {
    if (sight.detail() instanceof Detail.Drop drop && drop.clauses().contains(Clause.CASCADE)) {
      List<ObjectReference> old = drop.objects().stream()
          .filter(object -> !sight.isNew(object.type(), object.name()))
          .filter(object -> object.on() == null || sight.isOld(object.on()))
          .toList();
      if (!old.isEmpty()) {
        Finding finding = sight.finds(
            old.get(0).name().offset(),
            "Whatever depends on the "
                + ObjectRef.of(old.get(0).type(), old.get(0).name()).words()
                + (old.size() == 1 ? "" : " and on " + (old.size() - 1) + " more")
                + " goes with it.");
        old.forEach(object -> finding.destroys(ObjectRef.of(object.type(), object.name())));
      }
    } else if (sight.detail() instanceof Detail.Alter alter
        && alter.object().type() == ObjectType.TABLE
        && sight.isOld(alter.object().name())) {
      ObjectName table = alter.object().name();
      for (Change change : alter.changes()) {
        if (change instanceof ColumnChange.Drop drop
            && drop.clauses().contains(Clause.CASCADE)
            && !sight.isNew(table, Aspect.COLUMN, drop.column().text())) {
          tell(
              sight,
              change.offset(),
              new ObjectRef(ObjectType.COLUMN, table, drop.column().text()));
        } else if (change instanceof Change.DropConstraint drop
            && drop.clauses().contains(Clause.CASCADE)
            && !sight.isNew(table, Aspect.CONSTRAINT, drop.name().text())) {
          tell(
              sight,
              change.offset(),
              new ObjectRef(ObjectType.CONSTRAINT, table, drop.name().text()));
        }
      }
    }
  }

  private static void tell(Sight sight, int offset, ObjectRef object) {
    sight
        .finds(offset, "Whatever depends on the " + object.words() + " goes with it.")
        .destroys(object);
  }
}
