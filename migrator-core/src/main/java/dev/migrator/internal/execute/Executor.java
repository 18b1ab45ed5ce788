package dev.migrator.internal.execute;

import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.lock.LookAgainException;
import dev.migrator.internal.lock.MigrationLock;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
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
  private final MigrationLock lock;
  private final Records records;
  private final Recorder recorder;
  private final Execution.Rules rules;
  private final Execution.Company company;
  private final Progress progress;
  private List<String> leftBehind = List.of();

  /**
   * An executor on a session.
   *
   * @param session the session
   * @param lock the lock that it has
   * @param records the commands that record
   * @param rules how scripts run
   * @param company who watches, and who is told
   * @param progress how far the run came
   */
  public Executor(
      Session session,
      MigrationLock lock,
      Records records,
      Execution.Rules rules,
      Execution.Company company,
      Progress progress) {
    this.session = session;
    this.lock = lock;
    this.records = records;
    this.recorder = new Recorder(session, lock, records);
    this.rules = rules;
    this.company = company;
    this.progress = progress;
  }

  /**
   * Runs the steps in order and stops at the first that fails.
   *
   * @param rank a migration's place in the order of application
   * @param first is done before each step, outside its transaction; not where all share one
   * @throws MigrationException {@code MIGRATION_FAILED}, {@code ROLLBACK_FAILED}, {@code LOCK_LOST}, {@code
   *     CONNECTION_LOST}, {@code CONNECTION_UNUSABLE}, {@code CANCELLED}, {@code INTERRUPTED} or {@code OUT_OF_TIME}, with
   *     what was done before
   */
  public void execute(
      Plan plan, TransactionMode mode, ToLongFunction<Migration> rank, Consumer<Step> first) {
    Execution execution = begin(plan, rank);
    int all = progress.done().size() + plan.steps().size();
    if (mode == TransactionMode.SINGLE) {
      int place = progress.done().size();
      for (Step step : plan.steps()) {
        place++;
        tellStart(execution, step, place, all);
      }
      run(execution, plan.steps(), () -> new TransactionRun(execution).together(plan.steps()));
    } else {
      for (Step step : plan.steps()) {
        LOG.debug("{} {}", step.action(), step.migration().label());
        first.accept(step);
        tellStart(execution, step, progress.done().size() + 1, all);
        run(execution, List.of(step), () -> run(execution, step));
      }
    }
    if (lock.holdsSession() || session.isPinned()) {
      // A trigger or a function may have set what no statement shows.
      leftBehind = execution.reset("the run");
    }
  }

  /**
   * Runs the steps in one transaction and rolls it back, whatever becomes of them: nothing is recorded.
   *
   * @param mode which of them share a transaction in earnest
   * @param done takes each step that ran to its end
   * @throws MigrationException as {@link #execute}
   */
  public void rehearse(Plan plan, TransactionMode mode, Consumer<Step> done) {
    new RolledBackRun(begin(plan, migration -> 0), mode).run(plan.steps(), done);
  }

  private Execution begin(Plan plan, ToLongFunction<Migration> rank) {
    Set<String> settingsInScripts = new TreeSet<>();
    plan.steps().forEach(step -> settingsInScripts.addAll(step.work().settings()));
    SessionState clean = session.state(settingsInScripts);
    recorder.writesAs(clean.roleWithinTransaction());
    return new Execution(
        session, lock, clean, recorder, records, rules, rank, company, progress, new LockTimes());
  }

  private static void tellStart(Execution execution, Step step, int place, int all) {
    execution.tell(new MigrationEvent.MigrationStarted(
        execution.company().runId(), step.action(), step.migration(), place, all));
  }

  private static void run(Execution execution, List<Step> steps, Runnable work) {
    execution.company().watch().check(execution.before());
    execution.progress().begin(steps);
    execution.locks().begin(steps);
    try {
      work.run();
    } catch (MigrationException e) {
      if (e.code() != FailureCode.CONNECTION_LOST) {
        execution.progress().end();
      }
      throw e;
    } catch (LookAgainException e) {
      execution.progress().end();
      throw e;
    }
    execution.progress().end();
  }

  private static void run(Execution execution, Step step) {
    if (step.work() instanceof Work.Code code) {
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
