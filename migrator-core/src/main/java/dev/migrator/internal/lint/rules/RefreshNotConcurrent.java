package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.regex.Pattern;

/** A materialized view is filled while nobody may read it. */
final class RefreshNotConcurrent {
  private static final Pattern BEGINNING =
      Pattern.compile("REFRESH\\s+MATERIALIZED\\s+VIEW\\b", Pattern.CASE_INSENSITIVE);

  private RefreshNotConcurrent() {}

  static Rule rule() {
    return Rule.of("refresh-not-concurrent", Topic.LOCKS, Severity.WARNING)
        .when("REFRESH MATERIALIZED VIEW without CONCURRENTLY, of a view that is in use.")
        .effect(
            "It is locked with ACCESS EXCLUSIVE until its query is done and the transaction ends: everybody "
                + "who reads it waits.")
        .remedy(
            "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view and that it was "
                + "filled before.")
        .claims(Claim.of(Role.VIEW, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE))
        .looks(Each.detail(Detail.Maintenance.class, RefreshNotConcurrent::look));
  }

  private static void look(Sight sight, Detail.Maintenance work) {
    if (work.on() == ObjectType.MATERIALIZED_VIEW
        && !work.clauses().contains(Clause.CONCURRENTLY)
        && !work.clauses().contains(Clause.WITH_NO_DATA)
        && !work.objects().isEmpty()
        && sight.isOld(work.objects().get(0))) {
      ObjectName view = work.objects().get(0);
      sight
          .finds(view.offset(), view + " is filled while nobody may read it.")
          .on(Role.VIEW, view)
          .rewrite(Sql.insert(sight.sql(), BEGINNING, "CONCURRENTLY"));
    }
  }
}
