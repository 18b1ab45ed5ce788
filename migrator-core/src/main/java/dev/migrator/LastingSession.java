package dev.migrator;

import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.execute.Progress;
import dev.migrator.internal.history.History;
import dev.migrator.internal.inspect.Needs;
import dev.migrator.internal.inspect.Refusals;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session of an operation; when its connection is lost, the next one, on which is found out what became of the work. */
final class LastingSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEngine.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** What loses its connection again although it came no further may be what breaks it. */
  private static final int LOSSES_AT_ONE_PLACE = 1;

  private final Operation operation;
  private final Progress progress;
  private final Route route;
  private Session session;
  private @Nullable MigrationException loss;
  /** Whether nobody has looked yet what became of the work that was under way at the loss. */
  private boolean unsettled;

  private int lossesAtWork;
  private int placeAtLoss = -1;
  private long placeReached;

  /**
   * A lasting session.
   *
   * @param session the first one; it is closed with this, or when it is lost
   */
  LastingSession(Operation operation, Session session) {
    this.operation = operation;
    this.progress = operation.progress();
    this.route = new Route(operation.settings());
    this.session = session;
  }

  /** The present one. */
  Session session() {
    return session;
  }

  /** Another session, beside the present one, for who looks on. */
  Session beside() {
    return session.beside(operation.settings().database().dataSource());
  }

  /** How to give the engine a session that a pooler does not change. */
  String advice() {
    return route.advice();
  }

  /** Refuses a server that the operation cannot work on; a standby that will be promoted is asked again until it is. */
  void refuseFirst() {
    Needs needs = operation.settings().needs(operation.action());
    try {
      operation.settings().locate(session);
    } catch (MigrationException e) {
      throw Refusals.explain(session, needs, e);
    }
    Refusals.check(session, needs);
  }

  /** Whether a pooler is on the way, and there is no way past it; where there is one, it is taken. */
  boolean isPooled() {
    boolean pooled = route.isPooled(session);
    if (pooled && route.hasDirect()) {
      session = route.past(session);
      refuseFirst();
      pooled = route.isPooled(session);
    }
    return pooled;
  }

  /**
   * Does work; once more, when the connection is lost.
   *
   * @param work finds out by itself what is left to do
   */
  <T> T during(Supplier<T> work) {
    while (true) {
      try {
        return work.get();
      } catch (MigrationException e) {
        if (!isToOutlive(e)) {
          throw e;
        }
        if (unsettled) {
          operation.watch().pause(FIRST_PAUSE);
        } else {
          loss = e;
        }
        unsettled = true;
        reconnect(e);
      }
    }
  }

  private boolean isToOutlive(MigrationException e) {
    if (e.code() != FailureCode.CONNECTION_LOST
        || operation.settings().conduct().limits().reconnect().isZero()
        || e == loss && !unsettled) {
      // The last: what was under way was not done, and may not be done once more.
      return false;
    }
    if (progress.place() > placeAtLoss) {
      placeAtLoss = progress.place();
      placeReached = System.nanoTime();
      lossesAtWork = 0;
    }
    if (!unsettled && !progress.underWay().isEmpty()) {
      lossesAtWork++;
      placeReached = System.nanoTime();
      return lossesAtWork <= LOSSES_AT_ONE_PLACE;
    }
    // No migration has to do with it: a server that starts more than once, say.
    return System.nanoTime() - placeReached
        <= operation.settings().conduct().limits().reconnect().toNanos();
  }

  /** Finds the database again, or gives up with the loss. */
  private void reconnect(MigrationException lost) {
    Duration within = operation.settings().conduct().limits().reconnect();
    LOG.warn(
        "The connection was lost ({}); trying to go on with another one for up to {} s",
        lost.getMessage().lines().findFirst().orElse(""),
        within.toSeconds());
    long since = System.nanoTime();
    session.close();
    Duration pause = FIRST_PAUSE;
    while (true) {
      operation.check();
      try {
        session = route.open();
        session.requireAnswer();
        refuseFirst();
        break;
      } catch (MigrationException e) {
        session.close();
        if (System.nanoTime() - since > within.toNanos()) {
          lost.addSuppressed(e);
          throw lost;
        }
        LOG.debug("There is no connection yet: {}", e.getMessage());
      }
      operation.watch().pause(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
          ? pause.multipliedBy(2)
          : LONGEST_PAUSE;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    LOG.info("Connected again after {} ms", took.toMillis());
    operation.tell(new MigrationEvent.Reconnected(operation.runId(), lost, took));
  }

  /**
   * Finds out what became of the work that was under way when the connection was lost. The lock proves that the lost session
   * has ended, so what it committed is there by now, and nothing comes after it.
   *
   * @throws MigrationException the loss, when it was not done and may not be done once more
   */
  void settle(History history) {
    MigrationException lost = loss;
    if (lost == null || progress.underWay().isEmpty()) {
      unsettled = false;
      return;
    }
    boolean repeatable = progress.mayRepeat();
    int before = progress.done().size();
    Set<History.Success> recorded = history.successes(operation.runId());
    unsettled = false;
    if (!progress.settle(step -> recorded.contains(
            new History.Success(step.migration().id(), step.action().stored())))
        && !repeatable) {
      throw lost;
    }
    for (ReportStep settled : progress.done().subList(before, progress.done().size())) {
      LOG.info(
          "{} was committed when the connection was lost", settled.migration().label());
      operation.tell(new MigrationEvent.MigrationFinished(operation.runId(), settled));
    }
  }

  /** What ends the operation between a loss and its settling says what is in doubt. */
  MigrationException told(MigrationException e) {
    MigrationException lost = loss;
    if (lost == null || progress.underWay().isEmpty() || e.code() == FailureCode.CONNECTION_LOST) {
      return e;
    }
    MigrationException told = e.withDone(progress.inDoubt(), progress.migrations());
    told.addSuppressed(lost);
    return told;
  }

  @Override
  public void close() {
    session.close();
  }
}
