package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.Look;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules about drops have in common. */
final class Destruction {

  private Destruction() {}

  /** The drops of kinds of objects that the run has not made. */
  static Look drop(Claim.@Nullable Role role, ObjectType... types) {
    List<ObjectType> all = List.of(types);
    return Each.detail(Detail.Drop.class, (sight, drop) -> {
      if (all.contains(drop.type())) {
        drop.objects().forEach(object -> look(sight, role, object));
      }
    });
  }

  private static void look(Sight sight, Claim.@Nullable Role role, ObjectReference object) {
    if (sight.isNew(object.type(), object.name()) || isReplaced(sight, object)) {
      return;
    }
    Finding finding = goes(
        sight,
        object.name().offset(),
        ObjectRef.of(object.type(), object.name()),
        isMadeByScripts(object.type()) && sight.isProbablyNew(object.type(), object.name()));
    if (role != null) {
      finding.on(role, object.name());
    }
  }

  /** The others are often made by hand, by somebody who has the privilege. */
  private static boolean isMadeByScripts(ObjectType type) {
    return type != ObjectType.EXTENSION && type != ObjectType.SCHEMA;
  }

  /**
   * Tells that something goes.
   *
   * @param probablyNew whether it is the run's own unless IF NOT EXISTS or OR REPLACE found it there, of which no script
   *     tells: that is worth a look where a database cannot be asked, no more
   */
  static Finding goes(Sight sight, int offset, ObjectRef what, boolean probablyNew) {
    Finding finding = sight
        .finds(
            offset,
            what.words() + " is dropped"
                + (probablyNew
                    ? "; IF NOT EXISTS or OR REPLACE may have found it there, though no script before makes it."
                    : "."))
        .destroys(what);
    return probablyNew
        ? finding
            .weighs(Severity.NOTE)
            .remedy(
                "Make it without IF NOT EXISTS or OR REPLACE, so that it is known to be new; or give the reason why it"
                    + " may go.")
        : finding;
  }

  private static boolean has(Sight sight, Clause clause) {
    return sight.detail() instanceof Detail.Drop drop && drop.clauses().contains(clause);
  }

  /** Whether the script makes it again: a definition that lives in scripts is replaced, not lost. */
  private static boolean isReplaced(Sight sight, ObjectReference object) {
    return switch (object.type()) {
      case VIEW, FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> Later.creates(sight, object);
      // It was put aside under another name, so that the new one could have its own; or no column
      // has it, else it could not be dropped.
      case TYPE, DOMAIN ->
        sight.world().isReplacedType(object.name())
            || !has(sight, Clause.CASCADE) && Later.creates(sight, object);
      default -> false;
    };
  }
}
