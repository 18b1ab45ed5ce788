package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TypeChange;
import dev.migrator.report.Severity;

/** A domain gets a constraint that all tables using it are read for. */
final class DomainConstraint {
  private DomainConstraint() {}

  static Rule rule() {
    return Rule.of("domain-constraint", Topic.LOCKS, Severity.WARNING)
        .when("ALTER DOMAIN ... ADD CHECK without NOT VALID, or SET NOT NULL.")
        .effect(
            "Every table that has a column of the domain is read from end to end, and nobody may write to "
                + "any of them meanwhile.")
        .remedy(
            "ADD the CHECK NOT VALID and VALIDATE CONSTRAINT in a later migration. For NOT NULL, put the "
                + "constraint on the columns instead.")
        .looks(Each.detail(Detail.Alter.class, DomainConstraint::look));
  }

  private static void look(Sight sight, Detail.Alter alter) {
    if (alter.object().type() != ObjectType.DOMAIN
        || sight.world().isNew(ObjectType.DOMAIN, alter.object().name())) {
      return;
    }
    for (Change change : alter.changes()) {
      boolean validated =
          change instanceof Change.AddConstraint added && !added.constraint().has(Clause.NOT_VALID);
      if (validated || change instanceof TypeChange.SetNotNull) {
        sight.finds(
            change.offset(),
            "All tables with a column of the domain " + alter.object().name()
                + " are read while nobody may write to them.");
      }
    }
  }
}
