package dev.migrator.internal.execute;

import dev.migrator.internal.execute.Message.Purpose;
import dev.migrator.internal.history.JournalRecords;
import dev.migrator.internal.jdbc.CodeFailedException;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ConnectionWork;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.migration.JournalEntry.CatalogBefore;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.ReversibleJavaMigration;
import dev.migrator.report.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs migrations that are written in Java: the same frame and the same records as around a script, but sent before and
 * after the code, which has the connection meanwhile.
 */
final class CodeRun {

  private final Execution execution;

  CodeRun(Execution execution) {
    this.execution = execution;
  }

  void run(Step step, Work.Code code) {
    long started = System.nanoTime();
    List<String> leaked;
    if (code.isTransactional()) {
      inItsTransaction(step, code, started);
      leaked = execution.reset(step.migration().label());
    } else {
      leaked = withoutTransaction(step, code, started).stream()
          .filter(name -> !JournaledRun.SET_BY_US.contains(name))
          .toList();
      Execution.warn(step.migration().label(), leaked);
    }
    execution.report(step, List.of(), leaked, Execution.since(started));
  }

  /** Runs and records in one transaction. */
  private void inItsTransaction(Step step, Work.Code code, long started) {
    Session session = execution.session();
    Recorder recorder = execution.recorder();
    Message message = new Message()
        .add(Purpose.FRAME, step, Command.of("BEGIN"))
        .addAll(Purpose.FENCE, step, execution.entry(List.of(step)))
        .add(Purpose.FRAME, step, execution.settings().inTransaction(execution.clean()));
    try {
      Message begins = message;
      execution.lock().attempt(() -> execution.send(begins));
      execution.watching(() -> session.code().inTransaction(work(step, code)));
      message = recorder
          .record(new Message(), step, recorder.completion(step, execution.rank(), null))
          .add(Purpose.COMMIT, step, execution.commit(List.of(step)));
      execution.send(message);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = Failures.inTransaction(
          e, message, execution.before(), execution.company().watch().stop());
      recorder.failed(step, failure, Execution.since(started));
      execution.tellFailure(step, failure);
      throw failure;
    } catch (CodeFailedException e) {
      throw failed(step, code, e, started, !e.transactionEnded());
    }
  }

  /**
   * Records that it begins, runs, and records that it is done.
   *
   * @return what was left behind in the session and reset
   */
  private List<String> withoutTransaction(Step step, Work.Code code, long started) {
    Session session = execution.session();
    Recorder recorder = execution.recorder();
    String action = step.action().stored();
    List<Command> begins = new ArrayList<>(recorder.begun(step));
    JournalRecords journal = execution.records().journal();
    int finished = step.finished();
    if (finished == 0) {
      begins.add(journal.begins(
          step.migration(), action, 1, step.checksum().value(), CatalogBefore.UNKNOWN));
    }
    Message message = recorder
        .recorded(step, begins)
        .add(Purpose.FRAME, step, execution.settings().inSession(execution.clean()));
    try {
      execution.send(message);
      if (finished == 0) {
        execution.watching(() -> session.code().withoutTransaction(work(step, code)));
        finished = 1;
      }
      List<String> leaked = session.resetTo(execution.clean());
      List<Command> ends = new ArrayList<>();
      ends.add(journal.finished(step.migration(), action, 1));
      ends.addAll(recorder.completion(step, execution.rank(), Execution.since(started)));
      message = recorder.recorded(step, ends);
      execution.send(message);
      return leaked;
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = JournalFailures.of(
          e,
          message,
          finished,
          "",
          execution.before(),
          execution.company().watch().stop());
      recorder.failed(step, failure, Execution.since(started));
      execution.tellFailure(step, failure);
      throw failure;
    } catch (CodeFailedException e) {
      throw failed(step, code, e, started, false);
    }
  }

  private MigrationException failed(
      Step step, Work.Code code, CodeFailedException e, long started, boolean leftNothing) {
    execution.session().rollbackAfter(e);
    MigrationException failure = CodeFailures.of(
        step, code, e, execution.before(), execution.company().watch().stop());
    giveUpRole(failure);
    execution.recorder().failed(step, failure, Execution.since(started), leftNothing);
    execution.tellFailure(step, failure);
    return failure;
  }

  /** Code that took a role for the session may not be allowed to record its failure. */
  private void giveUpRole(MigrationException failure) {
    if (!execution.lock().holdsSession()) {
      // It was given up while the transaction still held its session.
      return;
    }
    try {
      execution.session().resetTo(execution.clean());
    } catch (CommandFailedException e) {
      execution.session().spoil();
      failure.addSuppressed(e);
    }
  }

  private static ConnectionWork work(Step step, Work.Code code) {
    if (step.action() != Action.ROLLBACK) {
      return code.java()::apply;
    }
    if (code.java() instanceof ReversibleJavaMigration reversible) {
      return reversible::rollback;
    }
    throw new IllegalStateException("a rollback is planned with reversible code only");
  }
}
