package dev.migrator.internal.execute;

import dev.migrator.config.Limits;
import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.inspect.Observer;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.lock.MigrationLock;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.HeldLock;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all steps of one execution have in common: the session and the state that each begins with, how they are recorded,
 * who watches, and how far they came.
 *
 * @param session the session
 * @param lock the lock that it has
 * @param clean the state that every script begins with
 * @param recorder writes the records
 * @param records the commands that record
 * @param rules how scripts run
 * @param rank a migration's place in the order of application
 * @param company who watches and who is told
 * @param progress how far the run came; steps add to it
 * @param locks how long strong locks were held
 */
public record Execution(
    Session session,
    MigrationLock lock,
    SessionState clean,
    Recorder recorder,
    Records records,
    Rules rules,
    ToLongFunction<Migration> rank,
    Company company,
    Progress progress,
    LockTimes locks) {

  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

  /**
   * How scripts run.
   *
   * @param settings what every script begins with
   * @param limits how long things may take
   * @param stepwise whether every statement is awaited by itself
   */
  public record Rules(ScriptSettings settings, Limits limits, boolean stepwise) {}

  /**
   * Who watches a run, and who is told of it.
   *
   * @param runId the run's id
   * @param watch stops it
   * @param observer looks who blocks it
   * @param announcements tells of it
   * @param onlooker looks at every statement; {@code null} where nobody does
   */
  public record Company(
      UUID runId,
      Watch watch,
      Observer observer,
      Announcements announcements,
      @Nullable Onlooker onlooker) {}

  ScriptSettings settings() {
    return rules.settings();
  }

  /**
   * Sends a message; it can be stopped meanwhile.
   *
   * @throws CommandFailedException when a command of it failed; a transaction that it had begun is still open then
   */
  Replies send(Message message) {
    return send(message, false);
  }

  /** @param graceful whether it is better left to end by itself for some time, when the run is to stop */
  Replies send(Message message, boolean graceful) {
    company.observer().watching(lock::pid);
    long started = System.nanoTime();
    try {
      Replies replies = company.watch().over(session, graceful, () -> sendNow(message));
      locks.sent(message, replies, since(started));
      return replies;
    } finally {
      company.observer().idle();
    }
  }

  /** Sends what the engine has to do all the same when the run is to stop: records, and what a failed statement left. */
  Replies sendUnstopped(Message message) {
    return sendNow(message);
  }

  /** Lets work that sends by itself be stopped, and observed. */
  void watching(Runnable work) {
    company.observer().watching(lock::pid);
    try {
      company.watch().over(session, work);
    } finally {
      company.observer().idle();
    }
  }

  private Replies sendNow(Message message) {
    Onlooker onlooker = company.onlooker();
    if (onlooker != null) {
      return new OnlookedMessage(session, message, onlooker).send();
    }
    if (company.announcements().wantStatements()) {
      long[] since = {System.nanoTime()};
      tellBeginning(message, 0);
      return session.stepwise(message.commands(), index -> {
        tellStatement(message.origin(index), since(since[0]));
        since[0] = System.nanoTime();
        tellBeginning(message, index + 1);
      });
    }
    return rules.stepwise()
        ? session.stepwise(message.commands())
        : session.pipeline(message.commands());
  }

  /** What stands behind the BEGIN of a transaction for steps. */
  List<Command> entry(List<Step> steps) {
    if (!pins(steps)) {
      return lock.entry();
    }
    List<Command> commands = new ArrayList<>(lock.entry());
    Set<String> settings = new TreeSet<>();
    steps.forEach(step -> settings.addAll(step.work().settings()));
    commands.add(Command.pin(settings));
    return commands;
  }

  /** What commits a transaction of steps. */
  Command commit(List<Step> steps) {
    return Command.of(pins(steps) ? "COMMIT AND CHAIN" : "COMMIT");
  }

  /**
   * Whether what steps leave behind in the session must be found while their transaction still holds it: behind a pooler the
   * next one may have another. Between steps that share a transaction we set things back ourselves, for the session.
   */
  private boolean pins(List<Step> steps) {
    return !lock.holdsSession()
        && steps.stream()
            .map(Step::work)
            .anyMatch(work ->
                work.touchesSession() || steps.size() > 1 && !work.settings().isEmpty());
  }

  void tell(MigrationEvent event) {
    company.announcements().tell(event);
  }

  void tellFailure(Step step, MigrationException failure) {
    if (failure.code() != FailureCode.CONNECTION_LOST) {
      tell(new MigrationEvent.MigrationFailed(company.runId(), step.migration(), failure));
    }
  }

  private void tellBeginning(Message message, int index) {
    Message.Origin origin = index < message.commands().size() ? message.origin(index) : null;
    if (origin != null && origin.step() != null && origin.statement() != null) {
      tell(new MigrationEvent.StatementStarted(
          company.runId(),
          origin.step().migration(),
          origin.ordinal(),
          origin.step().work().statements().size(),
          origin.statement().position(),
          origin.statement().beginning()));
    }
  }

  private void tellStatement(Message.Origin origin, Duration took) {
    Step step = origin.step();
    Statement statement = origin.statement();
    if (step != null && statement != null) {
      tell(new MigrationEvent.StatementFinished(
          company.runId(),
          step.migration(),
          origin.ordinal(),
          step.work().statements().size(),
          statement.position(),
          took));
    }
  }

  /** The migrations that are done. */
  List<Migration> before() {
    return progress.migrations();
  }

  /** Brings the session back to where every script begins; what was committed stays committed when that fails. */
  List<String> reset(String who) {
    try {
      List<String> leaked = session.isPinned() ? session.unpin() : session.resetTo(clean);
      warn(who, leaked);
      return leaked;
    } catch (CommandFailedException e) {
      session.spoil();
      throw Failures.reset(who, e, before());
    }
  }

  static void warn(String who, List<String> leaked) {
    if (!leaked.isEmpty()) {
      LOG.warn("{} left session state behind; it was reset: {}", who, String.join(", ", leaked));
    }
  }

  /** Logs what the server said. */
  static void log(Step step, List<String> notices) {
    notices.forEach(notice -> LOG.info("{}: {}", step.migration().label(), notice));
  }

  void report(Step step, List<String> notices, List<String> leaked, Duration took) {
    log(step, notices);
    LOG.info("{} {} in {} ms", verb(step.action()), step.migration().label(), took.toMillis());
    ReportStep reported = reported(step, notices, leaked, locks.of(step), took, remark(step));
    progress.add(reported);
    tell(new MigrationEvent.MigrationFinished(company.runId(), reported));
  }

  static ReportStep reported(
      Step step,
      List<String> notices,
      List<String> leaked,
      List<HeldLock> locks,
      Duration took,
      String remark) {
    return new ReportStep(
        step.action(),
        step.migration(),
        step.work().statements().size() - (step.work() instanceof Work.Sql ? step.finished() : 0),
        step.isTransactional(),
        took,
        notices,
        leaked,
        locks,
        remark);
  }

  static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private static String remark(Step step) {
    if (step.finished() > 0 && step.resume() != null) {
      return step.resume().words().replace("resumes", "resumed");
    }
    if (step.again() && step.action() == Action.APPLY) {
      return "applied again";
    }
    return step.work() instanceof Work.Code ? "written in Java" : step.remark();
  }

  private static String verb(Action action) {
    return action == Action.ROLLBACK ? "Rolled back" : "Applied";
  }
}
