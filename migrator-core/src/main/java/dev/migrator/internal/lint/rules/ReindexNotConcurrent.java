package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Claim.Work;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
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

/** An index is built again while nobody may write to its table, or use the index. */
final class ReindexNotConcurrent {
  private static final Pattern BEGINNING = Pattern.compile(
      "REINDEX\\s+(?:\\([^)]*\\)\\s*)?(?:INDEX|TABLE|SCHEMA|DATABASE)\\b",
      Pattern.CASE_INSENSITIVE);

  private ReindexNotConcurrent() {}

  static Rule rule() {
    return Rule.of("reindex-not-concurrent", Topic.LOCKS, Severity.WARNING)
        .when("REINDEX without CONCURRENTLY, of what is in use.")
        .effect(
            "The table is read from end to end while nobody may write to it, and queries that would use the "
                + "index wait too.")
        .remedy("REINDEX ... CONCURRENTLY, in a migration of its own.")
        .claims(Claim.of(Role.INDEX, LockMode.ACCESS_EXCLUSIVE, Work.REWRITE)
            .and(Role.TABLE, LockMode.SHARE, Work.SCAN))
        .looks(Each.detail(Detail.Maintenance.class, ReindexNotConcurrent::look));
  }

  private static void look(Sight sight, Detail.Maintenance work) {
    if (!sight.structure().command().startsWith("REINDEX")
        || work.clauses().contains(Clause.CONCURRENTLY)) {
      return;
    }
    ObjectName object = work.objects().isEmpty() ? null : work.objects().get(0);
    boolean relation = work.on() == ObjectType.INDEX || work.on() == ObjectType.TABLE;
    if (object != null && relation && !sight.isOld(object)) {
      return;
    }
    Finding finding = sight
        .finds(
            0,
            (object == null ? "Everything" : object.toString())
                + " is indexed again while nobody may write to what is indexed.")
        .rewrite(Sql.insert(sight.sql(), BEGINNING, "CONCURRENTLY"));
    if (object != null && work.on() == ObjectType.INDEX) {
      finding.on(Role.INDEX, object);
      ObjectName table = sight.world().tableOf(object);
      if (table != null) {
        finding.on(Role.TABLE, table);
      }
    } else if (object != null && relation) {
      finding.on(Role.TABLE, object);
    }
  }
}
