package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A view gets another definition while it is in use. */
final class ViewReplaced {
  private ViewReplaced() {}

  static Rule rule() {
    return Rule.of("view-replaced", Topic.LOCKS, Severity.NOTE)
        .when("CREATE OR REPLACE VIEW of a view that was there before.")
        .effect(
            "It needs an ACCESS EXCLUSIVE lock on the view: it waits for every transaction that reads it, "
                + "and everybody who comes later waits for it. Columns may only be added behind the others; "
                + "anything else fails.")
        .remedy(
            "Keep the transaction short, with a lock_timeout, and put the replacement at its end.")
        .claims(Claim.of(Role.VIEW, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.detail(Create.View.class, ViewReplaced::look));
  }

  private static void look(Sight sight, Create.View view) {
    if (view.clauses().contains(Clause.OR_REPLACE)
        && sight.isOld(view.name())
        && sight.world().isKnown(view.type(), view.name())) {
      sight
          .finds(
              view.name().offset(),
              "Everybody who reads " + view.name() + " waits for its new definition.")
          .on(Role.VIEW, view.name());
    }
  }
}
