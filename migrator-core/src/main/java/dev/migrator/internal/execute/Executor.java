package dev.migrator.internal.execute;

import dev.migrator.config.TransactionMode;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Directives;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plan on one session. Each step is recorded with its work: a transactional one in its own transaction, the other
 * kind before and after every statement.
 */
public final class Executor {

  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

  /** What the engine sets for the session of a migration without a transaction. */
  private static final Set<String> SET_BY_US = Set.of(
      "TimeZone",
      "search_path",
      "standard_conforming_strings",
      "lock_timeout",
      "statement_timeout");

  private final Session session;
  private final Records records;
  private final Recorder recorder;
  private final ScriptSettings settings;
  private final boolean stepwise;
  private final List<ReportStep> done = new ArrayList<>();
  private List<String> leftBehind = List.of();

  /**
   * An executor for one run.
   *
   * @param session the session that holds the lock
   * @param proof SQL that is an error when it does not hold it any more
   * @param records the commands that record
   * @param settings what every script begins with
   * @param stepwise whether every statement is awaited by itself
   */
  public Executor(
      Session session, String proof, Records records, ScriptSettings settings, boolean stepwise) {
    this.session = session;
    this.records = records;
    this.recorder = new Recorder(session, proof, records);
    this.settings = settings;
    this.stepwise = stepwise;
  }

  /**
   * Runs the steps in order and stops at the first that fails.
   *
   * @param rank a migration's place in the order of application
   * @return what was done
   * @throws MigrationException {@code MIGRATION_FAILED}, {@code ROLLBACK_FAILED}, {@code LOCK_LOST}, {@code
   *     CONNECTION_LOST} or {@code CONNECTION_UNUSABLE}, with what was done before
   */
  public List<ReportStep> execute(Plan plan, TransactionMode mode, ToLongFunction<Migration> rank) {
    Set<String> settingsInScripts = new TreeSet<>();
    plan.steps().forEach(step -> settingsInScripts.addAll(step.work().settings()));
    SessionState clean = session.state(settingsInScripts);
    recorder.writesAs(clean.roleWithinTransaction());
    if (mode == TransactionMode.SINGLE) {
      inOneTransaction(plan, rank, clean);
    } else {
      for (Step step : plan.steps()) {
        LOG.debug("{} {}", step.action(), step.migration().label());
        if (step.work() instanceof Step.Code work) {
          code(step, work, rank, clean);
        } else if (step.work().isTransactional()) {
          inItsTransaction(step, rank, clean);
        } else {
          withoutTransaction(step, rank, clean);
        }
      }
    }
    // A trigger or a function may have set what no statement shows.
    leftBehind = reset("the run", clean);
    return List.copyOf(done);
  }

  /** What the run as a whole left behind in the session, beside what its steps name; it was reset. */
  public List<String> leftBehind() {
    return leftBehind;
  }

  private void inItsTransaction(Step step, ToLongFunction<Migration> rank, SessionState clean) {
    long started = System.nanoTime();
    Message message = new Message().add(Message.Purpose.FRAME, step, Command.of(begin(step)));
    work(message, step, rank, clean);
    message.add(Message.Purpose.COMMIT, step, Command.of("COMMIT"));
    Replies replies;
    try {
      replies = send(message);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure = Failures.inTransaction(e, message, migrationsDone());
      recorder.failed(step, failure, since(started));
      throw failure;
    }
    List<String> leaked =
        step.work().touchesSession() ? reset(step.migration().label(), clean) : List.of();
    report(step, replies.noticeTexts(), leaked, since(started));
  }

  private static String begin(Step step) {
    return step.work() instanceof Step.Sql sql ? sql.parsed().begin() : "BEGIN";
  }

  private void code(Step step, Step.Code work, ToLongFunction<Migration> rank, SessionState clean) {
    long started = System.nanoTime();
    CodeRun run = new CodeRun(session, recorder, settings, records);
    List<String> leaked;
    if (work.isTransactional()) {
      run.inItsTransaction(step, work, rank, clean, migrationsDone());
      leaked = reset(step.migration().label(), clean);
    } else {
      leaked = run.withoutTransaction(step, work, rank, clean, migrationsDone()).stream()
          .filter(name -> !SET_BY_US.contains(name))
          .toList();
      warn(step.migration().label(), leaked);
    }
    report(step, List.of(), leaked, since(started));
  }

  private void inOneTransaction(Plan plan, ToLongFunction<Migration> rank, SessionState clean) {
    long started = System.nanoTime();
    Message message = new Message().add(Message.Purpose.FRAME, null, Command.of("BEGIN"));
    for (Step step : plan.steps()) {
      work(message, step, rank, clean);
      message.addAll(
          Message.Purpose.FRAME,
          step,
          clean.settingsWithinTransaction(step.work().settings()));
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
        recorder.failed(failed, failure, since(started));
      }
      throw failure;
    }
    Duration took = since(started);
    for (Step step : plan.steps()) {
      List<String> notices = replies.notices().stream()
          .filter(notice -> step.equals(message.origin(notice.command()).step()))
          .map(Replies.Notice::text)
          .toList();
      report(step, notices, List.of(), took);
    }
  }

  /** Everything between a transaction's beginning and its commit. */
  private void work(
      Message message, Step step, ToLongFunction<Migration> rank, SessionState clean) {
    message.add(Message.Purpose.FRAME, step, settings.inTransaction(clean));
    message.addAll(Message.Purpose.FRAME, step, timeouts(step));
    int ordinal = 0;
    for (Statement statement : step.work().statements()) {
      ordinal++;
      message.add(step, statement, ordinal);
    }
    if (step.work().touchesSession()) {
      // A script that has left its role behind may not be allowed to write its own record.
      message.addAll(Message.Purpose.FRAME, step, clean.roleWithinTransaction());
    }
    // The record proves that the lock is held: now, at the end, when no statement can release it
    // any more.
    message.addAll(Message.Purpose.RECORD, step, recorder.completion(step, rank, null));
  }

  private void withoutTransaction(Step step, ToLongFunction<Migration> rank, SessionState clean) {
    long started = System.nanoTime();
    List<String> notices = new ArrayList<>();
    List<String> leaked;
    Message message = recorder
        .recorded(step, recorder.begun(step))
        .add(Message.Purpose.FRAME, step, settings.inSession(clean));
    int finished = 0;
    try {
      send(message);
      for (Statement statement : step.work().statements()) {
        for (Message next : journaled(step, statement, finished + 1)) {
          message = next;
          notices.addAll(send(message).noticeTexts());
        }
        finished++;
      }
      message = recorder.recorded(step, recorder.completion(step, rank, since(started)));
      leaked = session.resetTo(clean);
      send(message);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure =
          Failures.withoutTransaction(e, message, finished, migrationsDone());
      recorder.failed(step, failure, since(started));
      throw failure;
    }
    List<String> ofTheScript = leaked.stream()
        .filter(name -> !SET_BY_US.contains(name)
            || step.work().statements().stream().anyMatch(s -> s.settings().contains(name)))
        .toList();
    warn(step.migration().label(), ofTheScript);
    report(step, notices, ofTheScript, since(started));
  }

  /** A statement with its journal: in one transaction where it can be, else before and after it. */
  private List<Message> journaled(Step step, Statement statement, int ordinal) {
    String action = step.action().stored();
    Command starts = records.statementStarted(
        step.migration(), action, ordinal, Checksum.of(statement.text()).value());
    Command ends = records.statementFinished(step.migration(), action, ordinal);
    if (!step.work().standsAlone(statement)) {
      return List.of(recorder.framed(
          step,
          message -> recorder.record(
              message
                  .addAll(Message.Purpose.FRAME, step, timeouts(step))
                  .add(step, statement, ordinal),
              step,
              List.of(starts, ends))));
    }
    return List.of(
        recorder.recorded(step, List.of(starts)),
        new Message().add(step, statement, ordinal),
        recorder.recorded(step, List.of(ends)));
  }

  private static List<Command> timeouts(Step step) {
    Directives directives = step.work().directives();
    return ScriptSettings.timeouts(directives.lockTimeout(), directives.statementTimeout());
  }

  /** Brings the session back to where every script begins; what was committed stays committed when that fails. */
  private List<String> reset(String who, SessionState clean) {
    try {
      List<String> leaked = session.resetTo(clean);
      warn(who, leaked);
      return leaked;
    } catch (CommandFailedException e) {
      session.spoil();
      throw Failures.reset(who, e, migrationsDone());
    }
  }

  private static void warn(String who, List<String> leaked) {
    if (!leaked.isEmpty()) {
      LOG.warn("{} left session state behind; it was reset: {}", who, String.join(", ", leaked));
    }
  }

  private void report(Step step, List<String> notices, List<String> leaked, Duration took) {
    notices.forEach(notice -> LOG.info("{}: {}", step.migration().label(), notice));
    LOG.info("{} {} in {} ms", verb(step.action()), step.migration().label(), took.toMillis());
    done.add(new ReportStep(
        step.action(),
        step.migration(),
        step.work().statements().size(),
        step.work().isTransactional(),
        took,
        notices,
        leaked,
        remark(step)));
  }

  private Replies send(Message message) {
    return stepwise ? session.stepwise(message.commands()) : session.pipeline(message.commands());
  }

  private List<Migration> migrationsDone() {
    return done.stream().map(ReportStep::migration).toList();
  }

  private static String remark(Step step) {
    if (step.again() && step.action() == Action.APPLY) {
      return "applied again";
    }
    return step.work() instanceof Step.Code ? "written in Java" : step.remark();
  }

  private static String verb(Action action) {
    return action == Action.ROLLBACK ? "Rolled back" : "Applied";
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
