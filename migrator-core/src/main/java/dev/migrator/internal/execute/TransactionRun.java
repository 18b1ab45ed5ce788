package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.internal.sql.Directives;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs scripts, each with its record, in one transaction: one script in its own, or all of a plan in a common one. */
final class TransactionRun {

  private final Execution execution;

  TransactionRun(Execution execution) {
    this.execution = execution;
  }

  /** Runs one script in a transaction of its own. */
  void alone(Step step) {
    long started = System.nanoTime();
    Message message = begin(new Message(), step, begin(step), List.of(step));
    work(message, step);
    Replies replies = commit(message, step, List.of(step), started);
    List<String> leaked =
        step.work().touchesSession() ? execution.reset(step.migration().label()) : List.of();
    execution.report(step, replies.noticeTexts(), leaked, Execution.since(started));
  }

  /** Runs all steps in one transaction. */
  void together(List<Step> steps) {
    long started = System.nanoTime();
    Message message = begin(new Message(), null, "BEGIN", steps);
    for (Step step : steps) {
      work(message, step);
      message.addAll(
          Message.Purpose.FRAME,
          step,
          execution.clean().settingsWithinTransaction(step.work().settings()));
    }
    Replies replies = commit(message, null, steps, started);
    Duration took = Execution.since(started);
    for (Step step : steps) {
      List<String> notices = replies.notices().stream()
          .filter(notice -> step.equals(message.origin(notice.command()).step()))
          .map(Replies.Notice::text)
          .toList();
      execution.report(step, notices, List.of(), took);
    }
  }

  private Message begin(Message message, @Nullable Step frame, String begin, List<Step> steps) {
    return message
        .add(Message.Purpose.FRAME, frame, Command.of(begin))
        .addAll(Message.Purpose.FENCE, frame, execution.entry(steps));
  }

  /** Everything between a transaction's beginning and its commit. */
  private void work(Message message, Step step) {
    message.add(
        Message.Purpose.FRAME,
        step,
        often(step, execution.settings().inTransaction(execution.clean())));
    message.addAll(Message.Purpose.FRAME, step, timeouts(step));
    int ordinal = 0;
    for (Statement statement : step.work().statements()) {
      ordinal++;
      execution.locks().mark(message, step, statement);
      message.add(step, statement, ordinal);
    }
    // The record proves that the lock is held: now, at the end, when no statement can release it
    // any more.
    execution
        .recorder()
        .record(
            message,
            step,
            execution.recorder().completion(step, execution.rank(), null).stream()
                .map(command -> often(step, command))
                .toList());
  }

  /** What the server may keep parsed: not where a pooler may change the session, nor where the script may discard it. */
  private Command often(Step step, Command command) {
    return execution.lock().holdsSession() && !step.work().touchesSession()
        ? command.often()
        : command;
  }

  private Replies commit(Message message, @Nullable Step frame, List<Step> steps, long started) {
    message.add(Message.Purpose.COMMIT, frame, execution.commit(steps));
    try {
      return send(message, steps);
    } catch (CommandFailedException e) {
      MigrationException failure = Failures.inTransaction(
          e, message, execution.before(), execution.company().watch().stop());
      Step one = frame == null ? message.origin(e.index()).step() : frame;
      if (one != null) {
        Execution.log(one, e.notices());
      }
      // At their common COMMIT all of them have failed, and nobody knows by which.
      for (Step failed : one == null ? steps : List.of(one)) {
        execution.recorder().failed(failed, failure, Execution.since(started));
        execution.tellFailure(failed, failure);
      }
      throw failure;
    }
  }

  private Replies send(Message message, List<Step> steps) {
    try {
      return new Attempts(execution).send(message, steps);
    } catch (CommandFailedException e) {
      if (!message.isForgotten(e) || !Progress.leavesNothing(message.statements())) {
        throw e;
      }
      return new Attempts(execution).send(message, steps);
    }
  }

  private static String begin(Step step) {
    return step.work() instanceof Work.Sql sql ? sql.parsed().begin() : "BEGIN";
  }

  static List<Command> timeouts(Step step) {
    Directives directives = step.work().directives();
    return ScriptSettings.timeouts(directives.lockTimeout(), directives.statementTimeout());
  }
}
