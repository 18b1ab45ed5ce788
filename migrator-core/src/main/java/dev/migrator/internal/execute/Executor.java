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
import dev.migrator.internal.sql.Directives;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
  private final String proof;
  private final Records records;
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
    this.proof = proof;
    this.records = records;
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
    plan.steps().forEach(step -> settingsInScripts.addAll(step.parsed().settings()));
    SessionState clean = session.state(settingsInScripts);
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
    List<String> leaked =
        step.parsed().touchesSession() ? reset(step.migration().label(), clean) : List.of();
    report(step, replies.noticeTexts(), leaked, since(started));
  }

  private void inOneTransaction(Plan plan, ToLongFunction<Migration> rank, SessionState clean) {
    long started = System.nanoTime();
    Message message = new Message().add(Message.Purpose.FRAME, null, Command.of("BEGIN"));
    for (Step step : plan.steps()) {
      work(message, step, rank, clean);
      message.addAll(
          Message.Purpose.FRAME,
          step,
          clean.settingsWithinTransaction(step.parsed().settings()));
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
    for (Statement statement : step.parsed().statements()) {
      ordinal++;
      message.add(step, statement, ordinal);
    }
    if (step.parsed().touchesSession()) {
      // A script that has left its role behind may not be allowed to write its own record.
      message.addAll(Message.Purpose.FRAME, step, clean.roleWithinTransaction());
    }
    // The record proves that the lock is held: now, at the end, when no statement can release it
    // any more.
    message.addAll(Message.Purpose.RECORD, step, completion(step, rank, null));
  }

  private void withoutTransaction(Step step, ToLongFunction<Migration> rank, SessionState clean) {
    long started = System.nanoTime();
    List<String> notices = new ArrayList<>();
    List<String> leaked;
    Message message =
        recorded(step, begun(step)).add(Message.Purpose.FRAME, step, settings.inSession(clean));
    int finished = 0;
    try {
      send(message);
      for (Statement statement : step.parsed().statements()) {
        for (Message next : journaled(step, statement, finished + 1)) {
          message = next;
          notices.addAll(send(message).noticeTexts());
        }
        finished++;
      }
      message = recorded(step, completion(step, rank, since(started)));
      leaked = session.resetTo(clean);
      send(message);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      MigrationException failure =
          Failures.withoutTransaction(e, message, finished, migrationsDone());
      recordFailure(step, failure, started);
      throw failure;
    }
    List<String> ofTheScript = leaked.stream()
        .filter(name -> !SET_BY_US.contains(name) || step.parsed().settings().contains(name))
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
    if (statement.runsInTransaction()) {
      return List.of(framed(
          step,
          message -> message
              .add(Message.Purpose.RECORD, step, starts)
              .addAll(Message.Purpose.FRAME, step, timeouts(step))
              .add(step, statement, ordinal)
              .add(Message.Purpose.RECORD, step, ends)));
    }
    return List.of(
        recorded(step, List.of(starts)),
        new Message().add(step, statement, ordinal),
        recorded(step, List.of(ends)));
  }

  private static List<Command> timeouts(Step step) {
    Directives directives = step.parsed().directives();
    return ScriptSettings.timeouts(directives.lockTimeout(), directives.statementTimeout());
  }

  private Message framed(Step step, UnaryOperator<Message> content) {
    Message message = new Message()
        .add(Message.Purpose.FRAME, step, Command.of("BEGIN"))
        .add(Message.Purpose.FENCE, step, Command.of("SELECT " + proof));
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
        step.parsed().statements().size(),
        step.parsed().isTransactional(),
        took,
        notices,
        leaked,
        ""));
  }

  /**
   * In a transaction of its own, after the rollback; when this fails too, the first failure is the one that counts. A
   * session that has lost its lock writes nothing: another one may have applied the migration meanwhile.
   */
  private void recordFailure(Step step, MigrationException failure, long started) {
    if (failure.code() == FailureCode.CONNECTION_LOST || failure.code() == FailureCode.LOCK_LOST) {
      return;
    }
    String error = Failures.shortText(failure);
    List<Command> commands = step.action() == Action.ROLLBACK
        ? records.rollbackFailed(
            subject(step), step.parsed().isTransactional(), error, since(started))
        : records.failed(subject(step), error, since(started));
    try {
      session.pipeline(recorded(step, commands).commands());
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      failure.addSuppressed(e);
    }
  }

  private Replies send(Message message) {
    return stepwise ? session.stepwise(message.commands()) : session.pipeline(message.commands());
  }

  private static Subject subject(Step step) {
    return new Subject(
        step.migration(), step.checksum(), step.parsed().isTransactional(), step.again());
  }

  private List<Migration> migrationsDone() {
    return done.stream().map(ReportStep::migration).toList();
  }

  private static String verb(Action action) {
    return action == Action.ROLLBACK ? "Rolled back" : "Applied";
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
