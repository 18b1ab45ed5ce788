package dev.migrator.internal.execute;

import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.Migration;
import dev.migrator.report.Action;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all steps of one execution have in common: the session and the state that each begins with, how they are recorded,
 * and what is done so far.
 *
 * @param session the session that holds the lock
 * @param clean the state that every script begins with
 * @param recorder writes the records
 * @param records the commands that record
 * @param settings what every script begins with
 * @param stepwise whether every statement is awaited by itself
 * @param rank a migration's place in the order of application
 * @param done what is done; steps add to it
 */
record Execution(
    Session session,
    SessionState clean,
    Recorder recorder,
    Records records,
    ScriptSettings settings,
    boolean stepwise,
    ToLongFunction<Migration> rank,
    List<ReportStep> done) {

  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

  Replies send(Message message) {
    return stepwise ? session.stepwise(message.commands()) : session.pipeline(message.commands());
  }

  /** The migrations that are done. */
  List<Migration> before() {
    return done.stream().map(ReportStep::migration).toList();
  }

  /** Brings the session back to where every script begins; what was committed stays committed when that fails. */
  List<String> reset(String who) {
    try {
      List<String> leaked = session.resetTo(clean);
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

  void report(Step step, List<String> notices, List<String> leaked, Duration took) {
    notices.forEach(notice -> LOG.info("{}: {}", step.migration().label(), notice));
    LOG.info("{} {} in {} ms", verb(step.action()), step.migration().label(), took.toMillis());
    done.add(new ReportStep(
        step.action(),
        step.migration(),
        step.work().statements().size() - (step.work() instanceof Step.Sql ? step.finished() : 0),
        step.isTransactional(),
        took,
        notices,
        leaked,
        remark(step)));
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
    return step.work() instanceof Step.Code ? "written in Java" : "";
  }

  private static String verb(Action action) {
    return action == Action.ROLLBACK ? "Rolled back" : "Applied";
  }
}
