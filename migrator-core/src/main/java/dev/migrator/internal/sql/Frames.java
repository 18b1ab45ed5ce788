package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Detail.TransactionControl;
import dev.migrator.internal.sql.structure.Detail.TransactionControl.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that a script without one around it has of its own: each {@code BEGIN ... COMMIT}, and each part of one
 * that {@code COMMIT AND CHAIN} ends.
 *
 * @param statements the script's statements, without those that begin and end transactions
 * @param numbers the number of the transaction of each statement that is in one, from 1
 */
record Frames(List<Statement> statements, Map<Statement, Integer> numbers) {

  /** A statement that does not fit, and why, in words that follow it. */
  record Misfit(Statement statement, String problem) {}

  /** What was found: frames, or the first statement that does not fit. */
  record Found(@Nullable Frames frames, @Nullable Misfit misfit) {}

  /** Divides a script; PREPARE TRANSACTION, ROLLBACK, savepoints and transactions with modes do not fit. */
  static Found of(List<Statement> all) {
    List<Statement> statements = new ArrayList<>();
    Map<Statement, Integer> numbers = new HashMap<>();
    @Nullable Statement open = null;
    int number = 0;
    for (Statement statement : all) {
      TransactionControl control = control(statement);
      if (control == null) {
        statements.add(statement);
        if (open != null) {
          if (!statement.runsInTransaction()) {
            return misfit(
                statement, "cannot run in the transaction that " + open.position() + " begins");
          }
          numbers.put(statement, number);
        }
      } else if (control.verb() == Verb.BEGIN && control.modes() == null && open == null) {
        open = statement;
        number++;
      } else if (control.verb() == Verb.COMMIT && open != null) {
        boolean chained = control.clauses().contains(Clause.AND_CHAIN);
        open = chained ? statement : null;
        number += chained ? 1 : 0;
      } else {
        return misfit(
            statement,
            control.verb() == Verb.COMMIT
                ? "ends a transaction that the script has not begun"
                : open != null && control.verb() == Verb.BEGIN
                    ? "begins a transaction within the one that " + open.position() + " begins"
                    : "controls the transaction in another way than by BEGIN ... COMMIT");
      }
    }
    return open == null
        ? new Found(new Frames(statements, numbers), null)
        : misfit(open, "begins a transaction that the script does not end");
  }

  private static @Nullable TransactionControl control(Statement statement) {
    return switch (statement.kind()) {
      case BEGIN, COMMIT, TRANSACTION_CONTROL -> {
        Detail detail = statement.structure().detail();
        yield detail instanceof TransactionControl control
            ? control
            : new TransactionControl(Verb.ROLLBACK, null, null, Set.of());
      }
      default -> null;
    };
  }

  private static Found misfit(Statement statement, String problem) {
    return new Found(null, new Misfit(statement, problem));
  }
}
