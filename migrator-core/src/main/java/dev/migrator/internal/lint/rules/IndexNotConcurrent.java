package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.lint.Sql;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.regex.Pattern;

/** An index is built while nobody may write to its table. */
final class IndexNotConcurrent {

  private static final Pattern BEGINNING =
      Pattern.compile("CREATE\\s+(?:UNIQUE\\s+)?INDEX\\b", Pattern.CASE_INSENSITIVE);

  private IndexNotConcurrent() {}

  static Rule rule() {
    return Rule.of("index-not-concurrent", Rule.Topic.LOCKS, Severity.WARNING)
        .when("CREATE INDEX without CONCURRENTLY, on a table that is in use.")
        .effect(
            "The table is read from end to end under a SHARE lock: until the index is built, and the transaction ends,"
                + " everybody who wants to write to the table waits.")
        .remedy(
            "CREATE INDEX CONCURRENTLY, in a migration of its own: it runs without a transaction, and Migrator drops and"
                + " builds again what a failed attempt leaves behind. A partitioned table has no such form: create the"
                + " index ON ONLY the parent, CONCURRENTLY on each partition, then ALTER INDEX ... ATTACH PARTITION.")
        .claims(Claim.of(Claim.Role.TABLE, LockMode.SHARE, Claim.Work.SCAN))
        .looks(Each.detail(Create.Index.class, IndexNotConcurrent::look));
  }

  private static void look(Sight sight, Create.Index index) {
    KnownTable table = sight.world().table(index.table());
    boolean partitioned = table != null && table.isPartitioned();
    if (sight.isOld(index.table())
        && !index.clauses().contains(Clause.CONCURRENTLY)
        && !index.clauses().contains(Clause.ONLY)) {
      sight
          .finds(
              0,
              "The index on " + index.table() + " is built while nobody may write to it.",
              index.table())
          .rewrite(partitioned ? null : Sql.insert(sight.sql(), BEGINNING, "CONCURRENTLY"));
    }
  }
}
