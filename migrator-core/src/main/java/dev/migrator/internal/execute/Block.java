package dev.migrator.internal.execute;

import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.TransactionNeed;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a script without a transaction runs and is journaled together: statements that share a transaction, or one that
 * stands alone.
 *
 * @param first the place of its first statement in the script, from 1
 * @param statements its statements, at least one
 * @param alone whether it is one statement that runs in no transaction of ours
 */
record Block(int first, List<Statement> statements, boolean alone) {

  /**
   * Divides what is still to run.
   *
   * @param finished how many statements are done
   */
  static List<Block> divide(Step step, int finished) {
    List<Block> blocks = new ArrayList<>();
    List<Statement> all = step.work().statements();
    int start = finished;
    for (int i = finished; i < all.size(); i++) {
      int own = step.work().transactionOf(all.get(i));
      boolean alone = own == 0 && step.work().standsAlone(all.get(i));
      if (alone && i > start) {
        blocks.add(new Block(start + 1, all.subList(start, i), false));
        start = i;
      }
      if (alone
          || i + 1 == all.size()
          || own != step.work().transactionOf(all.get(i + 1))
          || own == 0 && endsTransaction(step, all.get(i))) {
        blocks.add(new Block(start + 1, all.subList(start, i + 1), alone));
        start = i + 1;
      }
    }
    return blocks;
  }

  /**
   * Whether the next statement gets another transaction: always where the author asked for none, and after a new enum
   * value, which cannot be used before it is committed.
   */
  private static boolean endsTransaction(Step step, Statement statement) {
    if (step.work().hasStatementTransactions()) {
      return true;
    }
    TransactionNeed need = statement.structure().transaction();
    return need.place() == TransactionNeed.Place.ANYWHERE && !need.reason().isEmpty();
  }
}
