package dev.migrator.internal.execute;

import dev.migrator.config.TransactionMode;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.MigrationException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs scripts in one transaction that is rolled back, whatever becomes of them. Nothing is recorded, and nobody is told. */
final class RolledBackRun {

  private static final Command CHECK_DEFERRED = Command.of("SET CONSTRAINTS ALL IMMEDIATE");

  /** Those of other schemas cannot be named, and no script of this role meets them by name either. */
  private static final Command IMMEDIATE = Command.of("""
      SELECT pg_catalog.format('%I.%I', n.nspname, k.conname)
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) k.connamespace
       WHERE k.condeferrable AND NOT k.condeferred AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')""");

  private final Execution execution;
  private final TransactionMode mode;

  /**
   * Such a run.
   *
   * @param mode which of the steps share a transaction in earnest
   */
  RolledBackRun(Execution execution, TransactionMode mode) {
    this.execution = execution;
    this.mode = mode;
  }

  /**
   * Runs steps, and stops at the first that fails.
   *
   * @param done takes each step that ran to its end
   * @throws MigrationException as the run would; everything is rolled back then, too
   */
  void run(List<Step> steps, Consumer<Step> done) {
    Message begin = new Message()
        .add(Message.Purpose.FRAME, null, Command.of("BEGIN"))
        .addAll(Message.Purpose.FENCE, null, execution.entry(steps));
    Throwable failure = null;
    try {
      // Behind a pooler somebody else may have the lock at this moment.
      send(begin, () -> execution.lock().attempt(() -> execution.send(begin)));
      for (int i = 0; i < steps.size(); i++) {
        boolean last = i == steps.size() - 1;
        execution.company().watch().check(List.of());
        Message script = script(steps.get(i), last || mode == TransactionMode.PER_MIGRATION);
        send(script, () -> execution.send(script));
        if (!last && mode == TransactionMode.PER_MIGRATION) {
          deferAgain(steps.get(i));
        }
        done.accept(steps.get(i));
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      rollBack(failure);
    }
    if (execution.lock().holdsSession() || execution.session().isPinned()) {
      execution.reset("the dry run");
    }
  }

  /** @param commits whether its transaction ends behind it in earnest, which is when deferred constraints are checked */
  private Message script(Step step, boolean commits) {
    Message message = new Message()
        .add(Message.Purpose.FRAME, step, execution.settings().inTransaction(execution.clean()))
        .addAll(Message.Purpose.FRAME, step, TransactionRun.timeouts(step));
    int ordinal = 0;
    for (Statement statement : step.work().statements()) {
      ordinal++;
      message.add(step, statement, ordinal);
    }
    if (commits) {
      message.add(Message.Purpose.COMMIT, step, CHECK_DEFERRED);
    }
    return message.addAll(
        Message.Purpose.FRAME,
        step,
        execution.clean().settingsWithinTransaction(step.work().settings()));
  }

  /**
   * Lets constraints be deferred as at the beginning of a transaction. There is no command for it: those that are not deferred
   * by default are named, so that one which the next script makes has the default of the others, which is why it is deferrable.
   */
  private void deferAgain(Step step) {
    Message message =
        new Message().add(Message.Purpose.FRAME, step, Command.of("SET CONSTRAINTS ALL DEFERRED"));
    List<String> immediate;
    try {
      immediate = execution.session().query(IMMEDIATE, row -> row.text(1));
    } catch (CommandFailedException e) {
      throw Session.unanswered("looking for deferred constraints", e);
    }
    if (!immediate.isEmpty()) {
      message.add(
          Message.Purpose.FRAME,
          step,
          Command.of("SET CONSTRAINTS " + String.join(", ", immediate) + " IMMEDIATE"));
    }
    send(message, () -> execution.send(message));
  }

  private void send(Message message, Runnable sending) {
    try {
      sending.run();
    } catch (CommandFailedException e) {
      throw Failures.inTransaction(
          e, message, List.of(), execution.company().watch().stop());
    }
  }

  private void rollBack(@Nullable Throwable failure) {
    if (failure != null) {
      execution.session().rollbackAfter(failure);
      return;
    }
    try {
      // What a script leaves in the session is found while a transaction still holds it.
      execution
          .session()
          .stepwise(List.of(
              Command.of(execution.session().isPinned() ? "ROLLBACK AND CHAIN" : "ROLLBACK")));
    } catch (CommandFailedException e) {
      // A session that is gone has rolled back, too.
      execution.session().spoil();
    }
  }
}
