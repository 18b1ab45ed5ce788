package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.Directives;
import dev.migrator.report.Severity;

/** A statement that PostgreSQL refuses inside a transaction stands in one. */
final class ConcurrentlyInTransaction {
  private ConcurrentlyInTransaction() {}

  static Rule rule() {
    return Rule.of("concurrently-in-transaction", Topic.FAILURE, Severity.ERROR)
        .when(
            "CREATE INDEX CONCURRENTLY, VACUUM, ALTER SYSTEM or another statement that PostgreSQL refuses "
                + "inside a transaction stands behind BEGIN, or in a script that asks for a transaction.")
        .effect(
            "It fails, and nothing of the script is applied. Migrator refuses the script before it runs.")
        .remedy(
            "Remove BEGIN and COMMIT, and the directive: Migrator runs such a script statement by statement. "
                + "Better still, give the statement a migration of its own.")
        .looks(Each.statement(ConcurrentlyInTransaction::look));
  }

  private static void look(Sight sight) {
    Directives.Transaction asked = sight.script().directives().transaction();
    if (!sight.statement().runsInTransaction()
        && (sight.isInTransaction() || asked != null && asked.on())) {
      sight.finds(
          0, sight.structure().command() + " cannot run in a transaction, and this is one.");
    }
  }
}
