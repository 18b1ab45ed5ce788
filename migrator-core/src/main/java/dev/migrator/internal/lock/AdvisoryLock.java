package dev.migrator.internal.lock;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session-level advisory lock that lets one instance migrate at a time.
 *
 * <p>It is polled, in autocommit, with jitter: a session that waits inside {@code pg_advisory_lock()} holds a snapshot, and
 * a holder that runs CREATE INDEX CONCURRENTLY would wait for that snapshot while its owner waits for the holder.
 */
public final class AdvisoryLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdvisoryLock.class);

  private static final long SHORTEST_PAUSE_MS = 10;
  private static final long LONGEST_PAUSE_MS = 100;
  private static final long PROGRESS_EVERY_MS = 1_000;

  /**
   * Takes the lock and, with it, makes the server notice within half a minute that the client has vanished; otherwise a
   * cut cable would leave the lock held for two hours. The connection check needs an operating system that has it.
   */
  private static final String TRY = """
      WITH attempt AS MATERIALIZED (SELECT pg_catalog.pg_try_advisory_lock($1::bigint) AS taken)
      SELECT taken,
             CASE WHEN taken THEN pg_catalog.set_config('tcp_keepalives_idle', '10', false) END,
             CASE WHEN taken THEN pg_catalog.set_config('tcp_keepalives_interval', '5', false) END,
             CASE WHEN taken THEN pg_catalog.set_config('tcp_keepalives_count', '4', false) END,
             CASE WHEN taken AND pg_catalog.version() ~* 'linux'
                  THEN pg_catalog.set_config('client_connection_check_interval', '5s', false) END
        FROM attempt
      """;

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
  private boolean held = true;

  private AdvisoryLock(Session session, LockKey key) {
    this.session = session;
    this.key = key;
  }

  /** The other side of a wait for the lock. */
  public interface Waiting {

    /** A number that grows while the holder gets on. */
    long progress();

    /**
     * Is called before every rest; what it throws ends the wait.
     *
     * @param time for how long the lock was waited for so far
     */
    void waits(Duration time);
  }

  /**
   * Takes the lock, waiting while another session has it.
   *
   * @param within how long to wait; the time starts again whenever {@code progress} grows
   * @param waiting is asked how the holder gets on, and told of the wait
   * @throws MigrationException {@code LOCK_TIMEOUT} with the holder's name when the time is up, {@code INTERRUPTED} when the
   *     thread is interrupted while it waits; the thread's flag stays set
   */
  public static AdvisoryLock acquire(
      Session session, LockKey key, Duration within, Waiting waiting) {
    long waitMs = within.toMillis();
    long started = now();
    long deadline = started + waitMs;
    long askAgain = started + PROGRESS_EVERY_MS;
    long seen = -1;
    long pause = SHORTEST_PAUSE_MS;
    boolean announced = false;
    while (!tryOnce(session, key)) {
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
          deadline = now() + waitMs;
        }
        seen = known;
        askAgain = now() + PROGRESS_EVERY_MS;
      }
      if (now() >= deadline) {
        throw timedOut(session, key, within);
      }
      sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    return new AdvisoryLock(session, key);
  }

  /** SQL that is 1, or an error when this session does not hold the lock. */
  public String proof() {
    return key.proof();
  }

  /** Releases the lock. A connection that does not answer any more has released it by itself. */
  @Override
  public void close() {
    if (!held) {
      return;
    }
    held = false;
    try {
      session.query(
          Command.of(
              "SELECT pg_catalog.pg_advisory_unlock($1::bigint)", Long.toString(key.value())),
          row -> row.flag(1));
    } catch (CommandFailedException e) {
      session.spoil();
      LOG.debug("The migration lock goes with its connection: {}", e.getMessage());
    }
  }

  private static boolean tryOnce(Session session, LockKey key) {
    try {
      return session.queryOne(Command.of(TRY, Long.toString(key.value())), row -> row.flag(1));
    } catch (CommandFailedException e) {
      throw Session.unanswered("taking the advisory lock", e);
    }
  }

  private static MigrationException timedOut(Session session, LockKey key, Duration within) {
    return MigrationException.because(
            FailureCode.LOCK_TIMEOUT,
            "another session held the migration lock for more than " + within.toSeconds() + " s: "
                + holder(session, key) + ".")
        .done("nothing was changed.", List.of())
        .advice(
            "wait until it is done; if it hangs, look at it in pg_stat_activity and end it with pg_terminate_backend(pid).")
        .build();
  }

  private static String holder(Session session, LockKey key) {
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

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MigrationException.because(
              FailureCode.INTERRUPTED, "interrupted while waiting for the migration lock.")
          .done("nothing was changed.", List.of())
          .advice("run again.")
          .cause(e)
          .build();
    }
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
