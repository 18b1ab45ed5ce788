package dev.migrator.internal.lock;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One wait for a lock that another session has: rests with jitter between two attempts, which grow longer, until the time
 * is up. That time starts again whenever the holder gets on.
 */
final class LockWait {

  private static final Logger LOG = LoggerFactory.getLogger(LockWait.class);

  private static final long SHORTEST_PAUSE_MS = 10;
  private static final long LONGEST_PAUSE_MS = 100;
  private static final long PROGRESS_EVERY_MS = 1_000;

  private static final String HOLDER = """
      SELECT l.pid, coalesce(nullif(a.application_name, ''), 'no application name'), coalesce(a.usename, '?'),
             coalesce(a.client_addr::text, 'local'), coalesce(pg_catalog.to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'), '?')
        FROM pg_catalog.pg_locks l
        LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
       WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
         AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
         AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint
      """;

  private final Session session;
  private final LockKey key;
  private final Duration within;
  private final Waiting waiting;
  private final long started = now();
  private long deadline;
  private long askAgain = started + PROGRESS_EVERY_MS;
  private long seen = -1;
  private long pause = SHORTEST_PAUSE_MS;
  private boolean announced;

  /** A wait that begins now; the parameters are those of {@link SessionLock#acquire}. */
  LockWait(Session session, LockKey key, Duration within, Waiting waiting) {
    this.session = session;
    this.key = key;
    this.within = within;
    this.waiting = waiting;
    this.deadline = started + within.toMillis();
  }

  /**
   * Rests before the next attempt.
   *
   * @throws MigrationException {@code LOCK_TIMEOUT} with the holder's name when the time is up, {@code INTERRUPTED} when the
   *     thread is interrupted; its flag stays set
   */
  void rest() {
    if (!announced) {
      LOG.info(
          "Another session holds the migration lock; waiting up to {} s for it",
          within.toSeconds());
      announced = true;
    }
    waiting.waits(Duration.ofMillis(now() - started));
    if (now() >= askAgain) {
      long known = waiting.progress();
      if (seen >= 0 && known > seen) {
        deadline = now() + within.toMillis();
      }
      seen = known;
      askAgain = now() + PROGRESS_EVERY_MS;
    }
    if (now() >= deadline) {
      throw timedOut();
    }
    sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  private MigrationException timedOut() {
    return MigrationException.because(
            FailureCode.LOCK_TIMEOUT,
            "another session held the migration lock for more than " + within.toSeconds() + " s: "
                + holder() + ".")
        .done(done(), waiting.done())
        .advice(
            "wait until it is done; if it hangs, look at it in pg_stat_activity and end it with pg_terminate_backend(pid).")
        .build();
  }

  private String holder() {
    try {
      List<String> holders = session.query(
          Command.of(HOLDER, Long.toString(key.value())),
          row -> "pid " + row.text(1) + ", application '" + row.text(2) + "', user " + row.text(3)
              + ", from " + row.text(4) + ", connected since " + row.text(5));
      return holders.isEmpty() ? "it has just released it" : String.join("; ", holders);
    } catch (CommandFailedException e) {
      return "its name could not be read (" + e.getMessage() + ")";
    }
  }

  private String done() {
    return waiting.done().isEmpty()
        ? "nothing was changed."
        : "this run completed before, and that stays: "
            + waiting.done().stream().map(Migration::label).collect(Collectors.joining(", ")) + ".";
  }

  private void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MigrationException.because(
              FailureCode.INTERRUPTED, "interrupted while waiting for the migration lock.")
          .done(done(), waiting.done())
          .advice("run again.")
          .cause(e)
          .build();
    }
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
