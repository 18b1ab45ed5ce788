package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.report.Severity;
import java.util.stream.Collectors;

/** Everything that a role owns goes. */
final class DropOwned {
  private DropOwned() {}

  static Rule rule() {
    return Rule.of("drop-owned", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("DROP OWNED BY a role.")
        .effect(
            "Every object in the database that the role owns is dropped, rows included, and everything that "
                + "was granted to it.")
        .remedy("REASSIGN OWNED BY to another role first, and REVOKE what was granted.")
        .looks(Each.detail(Detail.DropOwned.class, DropOwned::look));
  }

  private static void look(Sight sight, Detail.DropOwned drop) {
    sight.finds(
        0,
        "Everything goes that "
            + drop.roles().stream().map(Object::toString).collect(Collectors.joining(", "))
            + " owns.");
  }
}
