package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.StatementKind;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.report.Severity;

/** A script controls transactions in a way that would leave half of it behind. */
final class TransactionControlled {
  private TransactionControlled() {}

  static Rule rule() {
    return Rule.of("transaction-control", Topic.FAILURE, Severity.ERROR)
        .when(
            "BEGIN, COMMIT, ROLLBACK or SAVEPOINT in a script, in another way than one BEGIN ... COMMIT "
                + "around everything.")
        .effect(
            "What runs before the COMMIT stays when a later statement fails, and nobody can tell how far the "
                + "script came. Migrator refuses the script before it runs.")
        .remedy(
            "Remove it: a migration runs in a transaction of its own. Where there must be several, say -- "
                + "migrator: transaction=off, and write BEGIN ... COMMIT around what belongs together.")
        .looks(Each.statement(TransactionControlled::look));
  }

  private static void look(Sight sight) {
    int last = sight.script().statements().size() - 1;
    boolean frame = sight.number() == 0 && sight.statement().kind() == StatementKind.BEGIN
        || sight.number() == last && sight.statement().kind() == StatementKind.COMMIT;
    if (sight.detail() instanceof Detail.TransactionControl
        && sight.script().refusal() != null
        && !frame) {
      sight.finds(
          0, sight.structure().command() + " controls the transaction from inside the script.");
    }
  }
}
