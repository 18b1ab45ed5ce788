package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A table is written in the order of an index while nobody may use it. */
final class ClusterTable {
  private ClusterTable() {}

  static Rule rule() {
    return Rule.of("cluster", Topic.LOCKS, Severity.WARNING)
        .when("CLUSTER of a table that is in use.")
        .effect(
            "The whole table and its indexes are written anew under an ACCESS EXCLUSIVE lock: nobody reads "
                + "or writes the table meanwhile.")
        .remedy(
            "Leave it to a time when nobody needs the table, or use pg_repack, which works beside readers "
                + "and writers.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE))
        .looks(Each.detail(Detail.Maintenance.class, ClusterTable::look));
  }

  private static void look(Sight sight, Detail.Maintenance work) {
    if (sight.structure().command().startsWith("CLUSTER")
        && (work.objects().isEmpty() || sight.isOld(work.objects().get(0)))) {
      Finding finding = sight.finds(
          0,
          work.objects().isEmpty()
              ? "Every table that was clustered once is written anew while nobody may use it."
              : work.objects().get(0) + " is written anew while nobody may use it.");
      work.objects().stream().findFirst().ifPresent(table -> finding.on(Role.TABLE, table));
    }
  }
}
