package dev.migrator.internal.execute;

import dev.migrator.internal.execute.Message.Purpose;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.CodeFailedException;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ConnectionWork;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.ReversibleJavaMigration;
import dev.migrator.report.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Runs migrations that are written in Java: the same frame and the same records as around a script, but sent before and
 * after the code, which has the connection meanwhile.
 */
final class CodeRun {

  private final Session session;
  private final Recorder recorder;
  private final ScriptSettings settings;
  private final Records records;

  CodeRun(Session session, Recorder recorder, ScriptSettings settings, Records records) {
    this.session = session;
    this.recorder = recorder;
    this.settings = settings;
    this.records = records;
  }

  /**
   * Runs and records in one transaction.
   *
   * @param before the migrations that the run has completed
   */
  void inItsTransaction(
      Step step,
      Step.Code code,
      ToLongFunction<Migration> rank,
      SessionState clean,
      List<Migration> before) {
    long started = System.nanoTime();
    Message message = new Message()
        .add(Purpose.FRAME, step, Command.of("BEGIN"))
        .add(Purpose.FRAME, step, settings.inTransaction(clean));
    try {
      session.pipeline(message.commands());
      session.code().inTransaction(work(step, code));
      message = new Message()
          .addAll(Purpose.FRAME, step, clean.roleWithinTransaction())
          .addAll(Purpose.RECORD, step, recorder.completion(step, rank, null))
          .add(Purpose.COMMIT, step, Command.of("COMMIT"));
      session.pipeline(message.commands());
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = Failures.inTransaction(e, message, before);
      recorder.failed(step, failure, since(started));
      throw failure;
    } catch (CodeFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = CodeFailures.of(step, code, e, before);
      giveUpRole(clean, failure);
      recorder.failed(step, failure, since(started), !e.transactionEnded());
      throw failure;
    }
  }

  /**
   * Records that it begins, runs, and records that it is done.
   *
   * @param before the migrations that the run has completed
   * @return what was left behind in the session and reset
   */
  List<String> withoutTransaction(
      Step step,
      Step.Code code,
      ToLongFunction<Migration> rank,
      SessionState clean,
      List<Migration> before) {
    long started = System.nanoTime();
    String action = step.action().stored();
    List<Command> begins = new ArrayList<>(recorder.begun(step));
    begins.add(
        records.statementStarted(step.migration(), action, 1, step.checksum().value()));
    Message message =
        recorder.recorded(step, begins).add(Purpose.FRAME, step, settings.inSession(clean));
    int finished = 0;
    try {
      session.pipeline(message.commands());
      session.code().withoutTransaction(work(step, code));
      finished = 1;
      List<String> leaked = session.resetTo(clean);
      List<Command> ends = new ArrayList<>();
      ends.add(records.statementFinished(step.migration(), action, 1));
      ends.addAll(recorder.completion(step, rank, since(started)));
      message = recorder.recorded(step, ends);
      session.pipeline(message.commands());
      return leaked;
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = Failures.withoutTransaction(e, message, finished, before);
      recorder.failed(step, failure, since(started));
      throw failure;
    } catch (CodeFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = CodeFailures.of(step, code, e, before);
      giveUpRole(clean, failure);
      recorder.failed(step, failure, since(started));
      throw failure;
    }
  }

  /** Code that took a role for the session may not be allowed to record its failure. */
  private void giveUpRole(SessionState clean, MigrationException failure) {
    try {
      session.resetTo(clean);
    } catch (CommandFailedException e) {
      session.spoil();
      failure.addSuppressed(e);
    }
  }

  private static ConnectionWork work(Step step, Step.Code code) {
    if (step.action() != Action.ROLLBACK) {
      return code.java()::apply;
    }
    if (code.java() instanceof ReversibleJavaMigration reversible) {
      return reversible::rollback;
    }
    throw new IllegalStateException("a rollback is planned with reversible code only");
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
