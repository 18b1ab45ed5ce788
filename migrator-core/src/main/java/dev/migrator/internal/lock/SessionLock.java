package dev.migrator.internal.lock;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock as the session holds it, from the first look to the last record.
 *
 * <p>It is polled, in autocommit, with jitter: a session that waits inside {@code pg_advisory_lock()} holds a snapshot, and
 * a holder that runs CREATE INDEX CONCURRENTLY would wait for that snapshot while its owner waits for the holder.
 */
public final class SessionLock extends MigrationLock {

  private static final Logger LOG = LoggerFactory.getLogger(SessionLock.class);

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

  private boolean held = true;

  private SessionLock(Session session, LockKey key) {
    super(session, key);
  }

  /**
   * Takes the lock, waiting while another session has it.
   *
   * @param within how long to wait; the time starts again whenever the progress grows
   * @param waiting is asked how the holder gets on, and told of the wait
   * @throws MigrationException {@code LOCK_TIMEOUT} with the holder's name when the time is up, {@code INTERRUPTED} when the
   *     thread is interrupted while it waits; the thread's flag stays set
   */
  public static SessionLock acquire(
      Session session, LockKey key, Duration within, Waiting waiting) {
    LockWait wait = new LockWait(session, key, within, waiting);
    while (!tryOnce(session, key)) {
      wait.rest();
    }
    return new SessionLock(session, key);
  }

  @Override
  public boolean holdsSession() {
    return true;
  }

  @Override
  public List<Command> entry() {
    return List.of();
  }

  @Override
  public List<Command> fence() {
    return List.of(Command.of("SELECT " + key().proof()));
  }

  @Override
  public void expect(Command query) {}

  @Override
  public <T> T attempt(Supplier<T> transaction) {
    return transaction.get();
  }

  @Override
  public int pid(Session observer) {
    return session().pid();
  }

  /** Releases the lock. A connection that does not answer any more has released it by itself. */
  @Override
  public void close() {
    if (!held) {
      return;
    }
    held = false;
    try {
      session()
          .query(
              Command.of(
                  "SELECT pg_catalog.pg_advisory_unlock($1::bigint)",
                  Long.toString(key().value())),
              row -> row.flag(1));
    } catch (CommandFailedException e) {
      session().spoil();
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
}
