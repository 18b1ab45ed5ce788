package dev.migrator.internal.execute;

import dev.migrator.config.TransactionMode;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.history.Records.Subject;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plan on one session. Each step is recorded with its work: a transactional one in its own transaction, the other
 * kind before and after every statement.
 */
public final class Executor {

  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

  private final Session session;
  private final Command fence;
  private final Records records;
  private final ScriptSettings settings;
  private final boolean stepwise;
  private final List<ReportStep> done = new ArrayList<>();

  /**
   * An executor for one run.
   *
   * @param session the session that holds the lock
   * @param fence the command that fails when it does not hold it any more
   * @param records the commands that record
   * @param settings what every script begins with
   * @param stepwise whether every statement is awaited by itself
   */
  public Executor(
      Session session, Command fence, Records records, ScriptSettings settings, boolean stepwise) {
    this.session = session;
    this.fence = fence;
    this.records = records;
    this.settings = settings;
    this.stepwise = stepwise;
  }

  /**
   * Runs the steps in order and stops at the first that fails.
   *
   * @param rank a migration's place in the order of application
   * @return what was done
   * @throws MigrationException {@code MIGRATION_FAILED}, {@code ROLLBACK_FAILED}, {@code LOCK_LOST} or {@code
   *     CONNECTION_LOST}, with what was done before
   */
  public List<ReportStep> execute(Plan plan, TransactionMode mode, ToLongFunction<Migration> rank) {
    SessionState clean = session.state();
    if (mode == TransactionMode.SINGLE) {
      inOneTransaction(plan, rank, clean);
    } else {
      for (Step step : plan.steps()) {
        LOG.debug("{} {}", step.action(), step.migration().label());
        if (step.parsed().isTransactional()) {
          inItsTransaction(step, rank, clean);
        } else {
          withoutTransaction(step, rank, clean);
        }
      }
    }
    return List.copyOf(done);
  }

  private void inItsTransaction(Step step, ToLongFunction<Migration> rank, SessionState clean) {
    long started = System.nanoTime();
    Message message =
        new Message().add(Message.Purpose.FRAME, step, Command.of(step.parsed().begin()));
    work(message, step, rank, clean);
    message.add(Message.Purpose.COMMIT, step, Command.of("COMMIT"));
    Replies replies;
    try {
      replies = send(message);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = Failures.inTransaction(e, message, migrationsDone());
      recordFailure(step, failure, started);
      throw failure;
    }
    finished(step, replies.notices(), started, clean);
  }

  private void inOneTransaction(Plan plan, ToLongFunction<Migration> rank, SessionState clean) {
    refuseNonTransactional(plan);
    long started = System.nanoTime();
    Message message = new Message().add(Message.Purpose.FRAME, null, Command.of("BEGIN"));
    for (Step step : plan.steps()) {
      work(message, step, rank, clean);
      if (step.parsed().touchesSession()) {
        message.addAll(Message.Purpose.FRAME, step, clean.withinTransaction());
      }
    }
    message.add(Message.Purpose.COMMIT, null, Command.of("COMMIT"));
    Replies replies;
    try {
      replies = send(message);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = Failures.inTransaction(e, message, List.of());
      Step failed = message.origin(e.index()).step();
      if (failed != null) {
        recordFailure(failed, failure, started);
      }
      throw failure;
    }
    // The server calls TimeZone changed when it was set locally and reset within one transaction;
    // no script did that.
    warnOfLeaks(
        "The run",
        session.resetTo(clean).stream().filter(name -> !name.equals("TimeZone")).toList());
    replies.notices().forEach(LOG::info);
    Duration took = since(started);
    plan.steps().forEach(step -> report(step, List.of(), List.of(), took));
  }

  /** Everything between a transaction's beginning and its commit. */
  private void work(
      Message message, Step step, ToLongFunction<Migration> rank, SessionState clean) {
    message.add(Message.Purpose.FENCE, step, fence);
    message.add(Message.Purpose.FRAME, step, settings.inTransaction());
    int ordinal = 0;
    for (Statement statement : step.parsed().statements()) {
      ordinal++;
      message.add(step, statement, ordinal);
    }
    if (step.parsed().touchesSession()) {
      // A script that has left its role behind may not be allowed to write its own record.
      message.addAll(Message.Purpose.FRAME, step, clean.roleWithinTransaction());
    }
    message.addAll(Message.Purpose.RECORD, step, completion(step, rank, null));
  }

  private void withoutTransaction(Step step, ToLongFunction<Migration> rank, SessionState clean) {
    long started = System.nanoTime();
    Migration migration = step.migration();
    String action = step.action().stored();
    List<String> notices = new ArrayList<>();
    Message message = new Message();
    int finished = 0;
    try {
      message = recorded(step, begun(step))
          .addAll(Message.Purpose.FRAME, step, List.of(settings.inSession()));
      send(message);
      for (Statement statement : step.parsed().statements()) {
        int ordinal = finished + 1;
        Command starts = records.statementStarted(
            migration, action, ordinal, Checksum.of(statement.text()).value());
        Command ends = records.statementFinished(migration, action, ordinal);
        if (statement.runsInTransaction()) {
          message = framed(
              step,
              m -> m.add(Message.Purpose.RECORD, step, starts)
                  .add(step, statement, ordinal)
                  .add(Message.Purpose.RECORD, step, ends));
          notices.addAll(send(message).notices());
        } else {
          message = recorded(step, List.of(starts));
          send(message);
          message = new Message().add(step, statement, ordinal);
          notices.addAll(send(message).notices());
          message = recorded(step, List.of(ends));
          send(message);
        }
        finished++;
      }
      session.resetTo(clean);
      message = recorded(step, completion(step, rank, since(started)));
      send(message);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure =
          Failures.withoutTransaction(e, message, finished, migrationsDone());
      recordFailure(step, failure, started);
      throw failure;
    }
    finished(step, notices, started, clean);
  }

  private Message framed(Step step, java.util.function.UnaryOperator<Message> content) {
    Message message = new Message()
        .add(Message.Purpose.FRAME, step, Command.of("BEGIN"))
        .add(Message.Purpose.FENCE, step, fence);
    return content.apply(message).add(Message.Purpose.COMMIT, step, Command.of("COMMIT"));
  }

  private Message recorded(Step step, List<Command> commands) {
    return framed(step, message -> message.addAll(Message.Purpose.RECORD, step, commands));
  }

  private List<Command> begun(Step step) {
    Command running = step.action() == Action.ROLLBACK
        ? records.rollbackRunning(step.migration())
        : records.running(subject(step));
    return List.of(records.clearJournal(step.migration()), running);
  }

  private List<Command> completion(
      Step step, ToLongFunction<Migration> rank, @Nullable Duration took) {
    if (step.action() == Action.ROLLBACK) {
      return records.rolledBack(subject(step), took);
    }
    List<Command> commands = new ArrayList<>(records.completed(
        subject(step), step.action().stored(), rank.applyAsLong(step.migration()), took));
    Step.DownScript down = step.down();
    if (down != null) {
      commands.add(
          records.storeScript(step.migration(), down.path(), down.text(), down.checksum()));
    }
    return commands;
  }

  private void finished(Step step, List<String> notices, long started, SessionState clean) {
    List<String> leaked = step.parsed().touchesSession() ? session.resetTo(clean) : List.of();
    notices.forEach(notice -> LOG.info("{}: {}", step.migration().label(), notice));
    warnOfLeaks(step.migration().label(), leaked);
    report(step, notices, leaked, since(started));
  }

  private static void warnOfLeaks(String who, List<String> leaked) {
    if (!leaked.isEmpty()) {
      LOG.warn("{} left session state behind; it was reset: {}", who, String.join(", ", leaked));
    }
  }

  private void report(Step step, List<String> notices, List<String> leaked, Duration took) {
    LOG.info("{} {} in {} ms", verb(step.action()), step.migration().label(), took.toMillis());
    done.add(new ReportStep(
        step.action(),
        step.migration(),
        step.parsed().statements().size(),
        step.parsed().isTransactional(),
        took,
        notices,
        leaked,
        ""));
  }

  /** In a transaction of its own, after the rollback; when this fails too, the first failure is the one that counts. */
  private void recordFailure(Step step, MigrationException failure, long started) {
    if (failure.code() == FailureCode.CONNECTION_LOST) {
      return;
    }
    String error = Failures.shortText(failure);
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("BEGIN"));
    commands.addAll(
        step.action() == Action.ROLLBACK
            ? records.rollbackFailed(
                subject(step), step.parsed().isTransactional(), error, since(started))
            : records.failed(subject(step), error, since(started)));
    commands.add(Command.of("COMMIT"));
    try {
      session.pipeline(commands);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      failure.addSuppressed(e);
    }
  }

  private Replies send(Message message) {
    return stepwise ? session.stepwise(message.commands()) : session.pipeline(message.commands());
  }

  private static Subject subject(Step step) {
    return new Subject(step.migration(), step.checksum(), step.parsed().isTransactional());
  }

  private List<Migration> migrationsDone() {
    return done.stream().map(ReportStep::migration).toList();
  }

  private static void refuseNonTransactional(Plan plan) {
    for (Step step : plan.steps()) {
      Statement statement = step.parsed().nonTransactional();
      if (statement != null) {
        throw MigrationException.because(
                FailureCode.SCRIPT_REFUSED,
                step.migration().label() + " cannot share one transaction with the others: "
                    + step.parsed().nonTransactionalReason().orElse("") + ".")
            .at(statement.position())
            .done("nothing was run.", List.of())
            .advice("run with TransactionMode.PER_MIGRATION (without --single-transaction).")
            .build();
      }
    }
  }

  private static String verb(Action action) {
    return action == Action.ROLLBACK ? "Rolled back" : "Applied";
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
