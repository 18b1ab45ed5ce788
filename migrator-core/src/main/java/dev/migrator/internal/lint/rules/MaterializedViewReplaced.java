package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A materialized view is dropped and filled anew in one transaction. */
final class MaterializedViewReplaced {
  private MaterializedViewReplaced() {}

  static Rule rule() {
    return Rule.of("materialized-view-replaced", Topic.LOCKS, Severity.WARNING)
        .when(
            "DROP MATERIALIZED VIEW and CREATE MATERIALIZED VIEW of the same name in one transaction.")
        .effect(
            "From the drop on everybody who reads the view waits until the new one is filled and indexed, "
                + "and the transaction ends.")
        .remedy(
            "Create and index the new view under another name, in a migration before; then, in one that does "
                + "nothing else, drop the old one and rename the new one.")
        .claims(Claim.of(Role.VIEW, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.detail(Detail.Drop.class, MaterializedViewReplaced::look));
  }

  private static void look(Sight sight, Detail.Drop drop) {
    if (drop.type() != ObjectType.MATERIALIZED_VIEW || !sight.isInTransaction()) {
      return;
    }
    for (ObjectReference view : drop.objects()) {
      if (sight.isOld(view.name()) && Later.creates(sight, view)) {
        sight
            .finds(
                view.name().offset(),
                "Nobody may read " + view.name() + " until the new one is filled.")
            .on(Role.VIEW, view.name());
      }
    }
  }
}
