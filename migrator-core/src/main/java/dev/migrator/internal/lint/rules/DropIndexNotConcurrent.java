package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.regex.Pattern;

/** An index is dropped while nobody may use its table. */
final class DropIndexNotConcurrent {

  private static final Pattern BEGINNING =
      Pattern.compile("DROP\\s+INDEX\\b", Pattern.CASE_INSENSITIVE);

  private DropIndexNotConcurrent() {}

  static Rule rule() {
    return Rule.of("drop-index-not-concurrent", Rule.Topic.LOCKS, Severity.WARNING)
        .when("DROP INDEX without CONCURRENTLY, of an index that is in use.")
        .effect(
            "It needs an ACCESS EXCLUSIVE lock on the index and on its table: it waits for every transaction that uses the"
                + " table, and meanwhile everybody who comes later waits for it, readers too.")
        .remedy("DROP INDEX CONCURRENTLY, in a migration of its own, one index at a time.")
        .claims(Claim.of(Role.INDEX, LockMode.ACCESS_EXCLUSIVE)
            .and(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.detail(Detail.Drop.class, DropIndexNotConcurrent::look));
  }

  private static void look(Sight sight, Detail.Drop drop) {
    if (drop.type() != ObjectType.INDEX || drop.clauses().contains(Clause.CONCURRENTLY)) {
      return;
    }
    for (ObjectReference index : drop.objects()) {
      ObjectName table = sight.world().tableOf(index.name());
      if (sight.isOld(index.name()) && (table == null || sight.isOld(table))) {
        Finding finding = sight
            .finds(
                index.name().offset(),
                "The index " + index.name() + " is dropped while nobody may use its table.")
            .on(Role.INDEX, index.name())
            .rewrite(
                drop.objects().size() > 1 || drop.clauses().contains(Clause.CASCADE)
                    ? null
                    : Sql.insert(sight.sql(), BEGINNING, "CONCURRENTLY"));
        if (table != null) {
          finding.on(Role.TABLE, table);
        }
      }
    }
  }
}
