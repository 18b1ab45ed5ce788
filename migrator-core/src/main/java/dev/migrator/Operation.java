package dev.migrator;

import dev.migrator.MigrationEngineBuilder.Settings;
import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.execute.Execution;
import dev.migrator.internal.execute.Executor;
import dev.migrator.internal.execute.Progress;
import dev.migrator.internal.execute.Watch;
import dev.migrator.internal.history.Attempt;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.inspect.Blockers;
import dev.migrator.internal.inspect.IndexProgress;
import dev.migrator.internal.inspect.Needs;
import dev.migrator.internal.inspect.Observation;
import dev.migrator.internal.inspect.Observer;
import dev.migrator.internal.inspect.Refusals;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.internal.lock.LookAgainException;
import dev.migrator.internal.lock.MigrationLock;
import dev.migrator.internal.lock.SessionLock;
import dev.migrator.internal.lock.TransactionLock;
import dev.migrator.internal.lock.Waiting;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operation that changes a database, under the lock. It outlives a lost connection: then it takes another one, and the
 * lock again, which proves that the old session has ended; and what the tables say by then decides how it goes on.
 */
final class Operation implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEngine.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** What loses its connection again although it came no further may be what breaks it. */
  private static final int LOSSES_AT_ONE_PLACE = 1;

  private final Settings settings;
  private final Action action;
  private final long started;
  private final Attempt attempt;
  private final Watch watch;
  private final Progress progress = new Progress();
  private final Route route;
  private Session session;
  private @Nullable Observer observer;
  private boolean begun;
  private List<String> leftBehind = List.of();
  private @Nullable MigrationException loss;
  private @Nullable MigrationException takingBack;
  private int losses;
  private int doneAtLoss;

  /**
   * An operation.
   *
   * @param session its connection; the operation closes it
   * @param started when it began, in {@link System#nanoTime()}
   */
  Operation(Settings settings, Action action, Session session, long started) {
    this.settings = settings;
    this.action = action;
    this.session = session;
    this.started = started;
    this.attempt =
        new Attempt(UUID.randomUUID(), settings.appliedBy().get(), settings.environment());
    this.watch = new Watch(settings.limits(), started);
    this.route = new Route(settings);
  }

  /** What an operation has while it holds the lock. */
  record Held(Session session, MigrationLock lock, History history, Run run) {}

  /** Lets it stop as soon as is safe; from any thread. */
  void cancel() {
    watch.cancel();
  }

  /** The failure after which it takes back what it did; {@code null} while it does not. */
  @Nullable
  MigrationException takingBack() {
    return takingBack;
  }

  /** It takes back what it did, from now on also after a lost connection. */
  void takeBack(MigrationException failure) {
    takingBack = failure;
  }

  /** How far it came. */
  Progress progress() {
    return progress;
  }

  /**
   * Does work under the lock; once more, when the connection is lost.
   *
   * @param work finds out by itself what is left to do
   */
  MigrationReport underLock(Function<Held, MigrationReport> work) {
    try {
      refuseFirst();
      MigrationReport report = withConnections(work);
      if (begun) {
        settings.announcements().tell(new MigrationEvent.RunFinished(attempt.runId(), report));
      }
      return report;
    } catch (MigrationException e) {
      MigrationException told = told(e);
      settings.announcements().tell(new MigrationEvent.RunFailed(attempt.runId(), told));
      throw told;
    }
  }

  /** What an operation will ask of the server. */
  static Needs needs(Settings settings, Action action) {
    boolean creates = action == Action.APPLY || action == Action.BASELINE;
    return new Needs(
        settings.trackingSchema(),
        TrackingNames.privileges(settings.trackingTable()),
        !creates
            ? Needs.Absent.LEFT
            : settings.createTrackingSchema()
                ? Needs.Absent.CREATED_WITH_SCHEMA
                : Needs.Absent.CREATED);
  }

  /** Also after a lost connection: a standby that will be promoted is asked again until it is. */
  private void refuseFirst() {
    Needs needs = needs(settings, action);
    try {
      locate();
    } catch (MigrationException e) {
      throw Refusals.explain(session, needs, e);
    }
    Refusals.check(session, needs);
  }

  /** Tells that the work begins, once. */
  private void begin(List<Migration> migrations) {
    if (!begun) {
      begun = true;
      settings
          .announcements()
          .tell(new MigrationEvent.RunStarted(attempt.runId(), action, migrations));
    }
  }

  private Executor executor(Held held) {
    return new Executor(
        held.session(),
        held.lock(),
        held.run().records(),
        new Execution.Rules(
            new ScriptSettings(
                settings.searchPath(),
                settings.timeZone(),
                settings.limits().lockTimeout(),
                settings.limits().statementTimeout()),
            settings.limits(),
            settings.stepwise()),
        new Execution.Company(attempt.runId(), watch, observer(), settings.announcements()),
        progress);
  }

  /** Announces and runs a plan. */
  void execute(Held held, Plan plan, TransactionMode mode, ToLongFunction<Migration> rank) {
    begin(plan.steps().stream().map(Step::migration).toList());
    Executor executor = executor(held);
    executor.execute(plan, mode, rank);
    leftBehind = executor.leftBehind();
  }

  /** The report of what is done. */
  MigrationReport report(Held held, Comparison comparison) {
    return held.run().report(progress.done(), comparison, leftBehind);
  }

  private Observer observer() {
    if (observer == null) {
      observer = Observer.of(() -> session.beside(settings.dataSource()), this::tell);
    }
    return observer;
  }

  private void tell(Observation seen) {
    List<Step> underWay = progress.underWay();
    if (!underWay.isEmpty()) {
      settings.announcements().tell(event(seen, underWay.get(0).migration()));
    }
  }

  private MigrationEvent event(Observation seen, Migration migration) {
    if (seen instanceof IndexProgress index) {
      return new MigrationEvent.IndexProgressed(
          attempt.runId(), migration, index.words(), index.phase(), index.percent());
    }
    Blockers blockers = (Blockers) seen;
    return new MigrationEvent.Blocked(
        attempt.runId(), migration, blockers.words(), blockers.advice());
  }

  @Override
  public void close() {
    watch.close();
    if (observer != null) {
      observer.close();
    }
    session.close();
  }

  private MigrationReport withConnections(Function<Held, MigrationReport> work) {
    while (true) {
      try {
        return withLock(work);
      } catch (MigrationException e) {
        if (e.code() != FailureCode.CONNECTION_LOST
            || settings.limits().reconnect().isZero()) {
          throw e;
        }
        losses = progress.done().size() > doneAtLoss ? 1 : losses + 1;
        doneAtLoss = progress.done().size();
        if (losses > LOSSES_AT_ONE_PLACE) {
          throw e;
        }
        loss = e;
        reconnect(e);
      }
    }
  }

  /** What ends the operation between a loss and its settling says what is in doubt. */
  private MigrationException told(MigrationException e) {
    MigrationException lost = loss;
    if (lost == null || progress.underWay().isEmpty() || e.code() == FailureCode.CONNECTION_LOST) {
      return e;
    }
    MigrationException told = e.withDone(progress.inDoubt(), progress.migrations());
    told.addSuppressed(lost);
    return told;
  }

  private MigrationReport withLock(Function<Held, MigrationReport> work) {
    boolean pooled = route.isPooled(session);
    if (pooled && route.hasDirect()) {
      session = route.past(session);
      refuseFirst();
      pooled = route.isPooled(session);
    }
    if (!pooled) {
      session.rememberState();
    }
    while (true) {
      try (MigrationLock lock = acquire(pooled)) {
        return withLock(lock, work);
      } catch (LookAgainException e) {
        LOG.debug("Looking again: {}", e.getMessage());
      }
    }
  }

  private MigrationReport withLock(MigrationLock lock, Function<Held, MigrationReport> work) {
    History history = locate();
    if (!lock.holdsSession()) {
      lock.expect(history.unchangedByOthers(attempt.runId()));
    }
    settle(history);
    try {
      return work.apply(
          new Held(session, lock, history, Run.of(history, action, attempt, started)));
    } catch (MigrationValidationException e) {
      // What looks half-way done may be another instance at work.
      confirm(lock, e);
      throw e;
    }
  }

  /** Makes sure that nobody was at work while the operation looked. */
  private static void confirm(MigrationLock lock, MigrationException seen) {
    if (!lock.holdsSession()) {
      try {
        lock.run(List.of());
      } catch (CommandFailedException e) {
        seen.addSuppressed(e);
      }
    }
  }

  /**
   * Refuses a plan that the way to the server does not allow, before anything runs.
   *
   * @throws MigrationException {@code CONNECTION_UNUSABLE}
   */
  void admit(Held held, Plan plan) {
    if (!held.lock().holdsSession()) {
      plan.requireTransactions(route.advice());
    }
  }

  /**
   * The tracking tables, created or taken over where need be.
   *
   * @param onTakeover what is written in the same transaction when they are taken over
   */
  History install(Held held, List<Command> onTakeover) {
    History history =
        held.history().install(settings.createTrackingSchema(), onTakeover, held.lock()::run);
    if (!held.lock().holdsSession() && !history.located().equals(held.history().located())) {
      // Others may use them already, and the plan does not know of it.
      throw new LookAgainException("the tracking tables are new");
    }
    return history;
  }

  private MigrationLock acquire(boolean pooled) {
    LockKey key = LockKey.of(locate().names().toString());
    return pooled
        ? TransactionLock.acquire(session, key, settings.lockWait(), new Queue())
        : SessionLock.acquire(session, key, settings.lockWait(), new Queue());
  }

  /** The wait of this operation for the lock. */
  private final class Queue implements Waiting {

    private long toldOfWaiting = -1_000;

    @Override
    public long progress() {
      return locate().progress();
    }

    @Override
    public void waits(Duration time) {
      watch.check(progress.migrations());
      if (time.toMillis() - toldOfWaiting >= 1_000) {
        toldOfWaiting = time.toMillis();
        settings.announcements().tell(new MigrationEvent.LockWaited(attempt.runId(), time));
      }
    }

    @Override
    public List<Migration> done() {
      return progress.migrations();
    }
  }

  private History locate() {
    return History.locate(session, settings.trackingSchema(), settings.trackingTable());
  }

  /** The lock proves that the lost session has ended, so what it committed is there by now, and nothing comes after it. */
  private void settle(History history) {
    MigrationException lost = loss;
    if (lost == null || progress.underWay().isEmpty()) {
      return;
    }
    boolean repeatable = progress.mayRepeat();
    int before = progress.done().size();
    Set<History.Success> recorded = history.successes(attempt.runId());
    if (!progress.settle(step -> recorded.contains(
            new History.Success(step.migration().id(), step.action().stored())))
        && !repeatable) {
      throw lost;
    }
    for (ReportStep settled : progress.done().subList(before, progress.done().size())) {
      LOG.info(
          "{} was committed when the connection was lost", settled.migration().label());
      settings.announcements().tell(new MigrationEvent.MigrationFinished(attempt.runId(), settled));
    }
  }

  /** Finds the database again, or gives up with the loss. */
  private void reconnect(MigrationException lost) {
    LOG.warn(
        "The connection was lost ({}); trying to go on with another one for up to {} s",
        lost.getMessage().lines().findFirst().orElse(""),
        settings.limits().reconnect().toSeconds());
    long since = System.nanoTime();
    session.close();
    Duration pause = FIRST_PAUSE;
    while (true) {
      watch.check(progress.migrations());
      try {
        session = route.open();
        session.requireAnswer();
        refuseFirst();
        break;
      } catch (MigrationException e) {
        session.close();
        if (System.nanoTime() - since > settings.limits().reconnect().toNanos()) {
          lost.addSuppressed(e);
          throw lost;
        }
        LOG.debug("There is no connection yet: {}", e.getMessage());
      }
      watch.pause(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
          ? pause.multipliedBy(2)
          : LONGEST_PAUSE;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    LOG.info("Connected again after {} ms", took.toMillis());
    settings.announcements().tell(new MigrationEvent.Reconnected(attempt.runId(), lost, took));
  }
}
