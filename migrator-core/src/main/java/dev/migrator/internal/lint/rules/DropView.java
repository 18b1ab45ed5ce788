package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A view goes. */
final class DropView {
  private DropView() {}

  static Rule rule() {
    return Rule.of("drop-view", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when(
            "DROP VIEW or DROP MATERIALIZED VIEW of a view that was there before; one that the script itself "
                + "creates again is replaced, not dropped, unless it is a materialized one.")
        .effect(
            "Programs that still read it fail; what was granted on it is gone, and so are the rows of a "
                + "materialized view.")
        .remedy("Release a version that does not read the view, and drop it in a later migration.")
        .claims(Claim.of(Role.VIEW, LockMode.ACCESS_EXCLUSIVE))
        .looks(Destruction.drop(Role.VIEW, ObjectType.VIEW, ObjectType.MATERIALIZED_VIEW));
  }
}
