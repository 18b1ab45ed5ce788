package dev.migrator.internal.lock;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock as each transaction takes it, behind a pooler: between two of them nothing is held, so every one begins with the
 * question whether the plan is still true.
 *
 * <p>Instances that hold it for their sessions are kept out all the same, and keep this one out: it is the same lock.
 */
public final class TransactionLock extends MigrationLock {

  private static final String HELD = "another session holds the migration lock, says backend ";
  private static final String CHANGED = "another session has changed the history, says backend ";

  /** Shared: those who wait do not get into each other's way. It is released with the query's own transaction. */
  private static final String LOOK =
      "SELECT pg_catalog.pg_try_advisory_xact_lock_shared($1::bigint)";

  private static final String HOLDER = """
      SELECT l.pid FROM pg_catalog.pg_locks l
       WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.mode = 'ExclusiveLock'
         AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
         AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint
      """;

  private final Duration within;
  private final Waiting waiting;
  private @Nullable Command expected;

  private TransactionLock(Session session, LockKey key, Duration within, Waiting waiting) {
    super(session, key);
    this.within = within;
    this.waiting = waiting;
  }

  /**
   * Waits until nobody has the lock. So a transaction whose connection was lost has ended, one way or the other.
   *
   * @param within how long to wait, here and before every transaction; the time starts again whenever the progress grows
   * @param waiting is asked how the holder gets on, and told of the wait
   * @throws MigrationException as {@link SessionLock#acquire}
   */
  public static TransactionLock acquire(
      Session session, LockKey key, Duration within, Waiting waiting) {
    TransactionLock lock = new TransactionLock(session, key, within, waiting);
    LockWait wait = lock.newWait();
    while (!lock.isFree()) {
      wait.rest();
    }
    return lock;
  }

  @Override
  public boolean holdsSession() {
    return false;
  }

  @Override
  public List<Command> entry() {
    return fence();
  }

  /**
   * Two commands, because the second one must see what was committed before the first one got the lock. A script that
   * begins with REPEATABLE READ looks with the eyes of the first; what it then overlooks stops its record, which meets the
   * other's row and fails to serialize.
   */
  @Override
  public List<Command> fence() {
    Command take = Command.of("SELECT "
        + LockKey.demand("pg_catalog.pg_try_advisory_xact_lock(" + key().value() + ")", HELD));
    Command query = expected;
    return query == null
        ? List.of(take)
        : List.of(
            take, query.withSql("SELECT " + LockKey.demand("(" + query.sql() + ")", CHANGED)));
  }

  @Override
  public void expect(Command query) {
    expected = query;
  }

  @Override
  public <T> T attempt(Supplier<T> transaction) {
    LockWait wait = newWait();
    while (true) {
      try {
        return transaction.get();
      } catch (CommandFailedException e) {
        if (isRaised(e.error(), CHANGED)) {
          session().rollbackAfter(e);
          throw new LookAgainException(e);
        }
        if (!isRaised(e.error(), HELD)) {
          throw e;
        }
        session().rollbackAfter(e);
      }
      do {
        wait.rest();
      } while (!isFree());
    }
  }

  /** While a transaction of ours lasts, nobody else has the lock. */
  @Override
  public int pid(Session observer) {
    List<Integer> holders = observer.query(
        Command.of(HOLDER, Long.toString(key().value())), row -> (int) row.number(1));
    return holders.isEmpty() ? 0 : holders.get(0);
  }

  /** Nothing to release: the lock went with its transaction. */
  @Override
  public void close() {}

  private LockWait newWait() {
    return new LockWait(session(), key(), within, waiting);
  }

  private boolean isFree() {
    try {
      return session().queryOne(Command.of(LOOK, Long.toString(key().value())), row -> row.flag(1));
    } catch (CommandFailedException e) {
      throw Session.unanswered("looking at the advisory lock", e);
    }
  }

  private static boolean isRaised(ServerError error, String words) {
    return LockKey.isLoss(error) && error.message().contains(words);
  }
}
