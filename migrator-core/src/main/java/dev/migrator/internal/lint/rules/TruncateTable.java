package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.ObjectRef;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableTarget;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** All rows of a table go. */
final class TruncateTable {
  private TruncateTable() {}

  static Rule rule() {
    return Rule.of("truncate", Topic.DESTRUCTION, Severity.WARNING)
        .destroys()
        .when("TRUNCATE of a table that was there before.")
        .effect(
            "Its rows are gone, with CASCADE those of every table that refers to it too, and a down script "
                + "cannot bring them back. It needs an ACCESS EXCLUSIVE lock.")
        .remedy("Say why nobody needs the rows; keep a copy where somebody might.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.detail(Detail.Truncate.class, TruncateTable::look));
  }

  private static void look(Sight sight, Detail.Truncate truncate) {
    for (TableTarget table : truncate.tables()) {
      if (sight.isOld(table.name())) {
        sight
            .finds(
                table.name().offset(),
                "All rows of " + table.name()
                    + (truncate.clauses().contains(Clause.CASCADE)
                        ? " go, and those of all tables that refer to it."
                        : " go."),
                table.name())
            .destroys(ObjectRef.of(ObjectType.TABLE, table.name()));
      }
    }
  }
}
