package dev.migrator.internal.trace;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.trace.Moment.Relation;
import dev.migrator.report.LockMode;
import dev.migrator.report.TracedRelation.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is watched from other sessions, because no transaction of ours can hold its locks until we have read them.
 *
 * <p>On a table of one row it is over within a millisecond. So other sessions stand in its way, each with a lock on every
 * table, the strongest first: it has to wait for them, and while it waits its locks can be read for certain. Then the one it
 * waits for steps aside.
 */
final class WatchedStatement {

  private static final long LOOK_EVERY_MICROS = 500;

  /** Each lock takes room in the server's lock table, which has some thousands of places. */
  private static final int MOST_TABLES = 500;

  private static final String WAITS = """
      SELECT 1 FROM pg_catalog.pg_locks l
       WHERE l.pid OPERATOR(pg_catalog.=) $1::pg_catalog.int4 AND NOT l.granted LIMIT 1""";

  private final long pid;
  private final Session observer;
  private final Deque<Session> obstacles = new ArrayDeque<>();
  private final Map<Long, LockMode> seen = new HashMap<>();
  private final Thread thread;
  private volatile boolean over;
  private volatile @Nullable RuntimeException failure;

  private WatchedStatement(Supplier<Session> sessions, long pid, Moment before) {
    this.pid = pid;
    this.observer = sessions.get();
    try {
      // The last one is for the second transaction of DETACH PARTITION CONCURRENTLY.
      stand(sessions, before, LockMode.SHARE_UPDATE_EXCLUSIVE, relation -> true);
      stand(sessions, before, LockMode.ROW_EXCLUSIVE, relation -> true);
      stand(sessions, before, LockMode.ACCESS_SHARE, relation -> true);
      stand(sessions, before, LockMode.ACCESS_SHARE, Relation::partition);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    this.thread = new Thread(this::watch, "migrator-trace");
    thread.setDaemon(true);
  }

  /**
   * Begins to watch what a session does.
   *
   * @param sessions further sessions in its database
   * @param pid the session's process
   * @param before the relations that there are
   */
  static WatchedStatement begin(Supplier<Session> sessions, long pid, Moment before) {
    WatchedStatement watched = new WatchedStatement(sessions, pid, before);
    watched.thread.start();
    return watched;
  }

  /** Ends the watch, and tells the strongest lock that was seen on each relation. */
  Map<Long, LockMode> end() {
    giveUp();
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed instanceof CommandFailedException e
          ? Session.unanswered("watching a statement", e)
          : failed;
    }
    return seen;
  }

  /** Ends the watch of a statement that failed: that failure is the one that counts. */
  void giveUp() {
    over = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stand(
      Supplier<Session> sessions, Moment before, LockMode mode, Predicate<Relation> which) {
    List<Relation> tables = before.relations().values().stream()
        .filter(
            relation -> relation.kind() == Kind.TABLE || relation.kind() == Kind.PARTITIONED_TABLE)
        .filter(which)
        .toList();
    if (tables.isEmpty() || tables.size() > MOST_TABLES) {
      return;
    }
    Session session = sessions.get();
    obstacles.add(session);
    try {
      session.stepwise(List.of(
          Command.of("BEGIN"),
          Command.of("LOCK TABLE "
              + tables.stream()
                  .map(table -> "ONLY " + table.quoted())
                  .collect(Collectors.joining(", "))
              + " IN " + mode + " MODE NOWAIT")));
    } catch (CommandFailedException e) {
      throw Session.unanswered("watching a statement", e);
    }
  }

  private void watch() {
    try {
      while (!over) {
        boolean waits = !observer
            .query(Command.of(WAITS, Long.toString(pid)), row -> row.number(1))
            .isEmpty();
        Moment.locksOf(observer, pid)
            .forEach((oid, mode) -> seen.merge(oid, mode, LockMode::strongest));
        if (waits) {
          stepAside();
        } else {
          TimeUnit.MICROSECONDS.sleep(LOOK_EVERY_MICROS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      // Whatever happened here, the statement must not wait for us.
      while (!obstacles.isEmpty()) {
        stepAside();
      }
    }
  }

  private void stepAside() {
    Session session = obstacles.poll();
    if (session != null) {
      try {
        session.stepwise(List.of(Command.of("ROLLBACK")));
      } catch (CommandFailedException e) {
        session.abort();
      }
      session.close();
    }
  }

  private void close() {
    while (!obstacles.isEmpty()) {
      stepAside();
    }
    observer.close();
  }
}
