package dev.migrator.internal.execute;

import dev.migrator.config.TransactionMode;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.ReportStep;
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
    Execution execution =
        new Execution(session, clean, recorder, records, settings, stepwise, rank, done);
    if (mode == TransactionMode.SINGLE) {
      new TransactionRun(execution).together(plan.steps());
    } else {
      for (Step step : plan.steps()) {
        LOG.debug("{} {}", step.action(), step.migration().label());
        run(execution, step);
      }
    }
    // A trigger or a function may have set what no statement shows.
    leftBehind = execution.reset("the run");
    return List.copyOf(done);
  }

  private static void run(Execution execution, Step step) {
    if (step.work() instanceof Step.Code code) {
      new CodeRun(execution).run(step, code);
    } else if (step.isTransactional()) {
      new TransactionRun(execution).alone(step);
    } else {
      new JournaledRun(execution, step).run();
    }
  }

  /** What the run as a whole left behind in the session, beside what its steps name; it was reset. */
  public List<String> leftBehind() {
    return leftBehind;
  }
}
