package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A table is written anew to save space while nobody may use it. */
final class VacuumFull {
  private VacuumFull() {}

  static Rule rule() {
    return Rule.of("vacuum-full", Topic.LOCKS, Severity.WARNING)
        .when("VACUUM FULL of a table that is in use.")
        .effect(
            "The whole table and its indexes are written anew under an ACCESS EXCLUSIVE lock: nobody reads "
                + "or writes the table meanwhile.")
        .remedy(
            "VACUUM without FULL, which works beside readers and writers; where space must go back to the "
                + "operating system, pg_repack.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE))
        .looks(Each.detail(Detail.Maintenance.class, VacuumFull::look));
  }

  private static void look(Sight sight, Detail.Maintenance work) {
    if (sight.structure().command().startsWith("VACUUM") && work.clauses().contains(Clause.FULL)) {
      if (work.objects().isEmpty()) {
        sight.finds(0, "Every table of the database is written anew while nobody may use it.");
      }
      work.objects()
          .forEach(
              table -> sight.finds(0, table + " is written anew while nobody may use it.", table));
    }
  }
}
