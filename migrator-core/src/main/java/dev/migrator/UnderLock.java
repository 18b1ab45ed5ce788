package dev.migrator;

import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.internal.lock.LookAgainException;
import dev.migrator.internal.lock.MigrationLock;
import dev.migrator.internal.lock.SessionLock;
import dev.migrator.internal.lock.TransactionLock;
import dev.migrator.internal.lock.Waiting;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.BackupReport;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does an operation's work while it holds the lock. It outlives a lost connection: then it takes another one, and the lock
 * again, which proves that the old session has ended; and what the tables say by then decides how it goes on.
 */
final class UnderLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEngine.class);

  private final Operation operation;
  private final LastingSession lasting;
  private final Lookout lookout;

  /**
   * The place for an operation's work. The operation ends when it is closed.
   *
   * @param session its connection; it is closed too
   */
  UnderLock(Operation operation, Session session) {
    this.operation = operation;
    this.lasting = new LastingSession(operation, session);
    this.lookout = new Lookout(operation, lasting::beside);
  }

  /**
   * Does work under the lock; once more, when the connection is lost.
   *
   * @param work finds out by itself what is left to do
   * @param told takes what it came to
   */
  <T> T run(Function<Held, T> work, Consumer<T> told) {
    try {
      lasting.refuseFirst();
      T result = lasting.during(() -> withLock(work));
      told.accept(result);
      return result;
    } catch (MigrationException e) {
      MigrationException failure = withBackup(lasting.told(e));
      operation.fail(failure);
      throw failure;
    }
  }

  /** When a run has failed, its backup is what somebody looks for. */
  private MigrationException withBackup(MigrationException e) {
    BackupReport backup = operation.safety().backup();
    return backup == null || e.backup().isPresent() || e.getClass() != MigrationException.class
        ? e
        : e.withBackup(backup.file());
  }

  private <T> T withLock(Function<Held, T> work) {
    boolean pooled = lasting.isPooled();
    if (!pooled) {
      lasting.session().rememberState();
    }
    while (true) {
      try (MigrationLock lock = acquire(pooled)) {
        return withLock(lock, work);
      } catch (LookAgainException e) {
        LOG.debug("Looking again: {}", e.getMessage());
      }
    }
  }

  private <T> T withLock(MigrationLock lock, Function<Held, T> work) {
    History history = locate();
    if (!lock.holdsSession()) {
      lock.expect(history.unchangedByOthers(operation.runId()));
    }
    lasting.settle(history);
    try {
      return work.apply(new Held(operation, lasting, lookout, lock, history));
    } catch (MigrationException e) {
      if (e instanceof MigrationValidationException
          || e.code() == FailureCode.CONFIGURATION_INVALID) {
        // What looks half-way done, or not applied, may be another instance at work.
        confirm(lock, e);
      }
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

  private MigrationLock acquire(boolean pooled) {
    LockKey key = LockKey.of(locate().names().toString());
    Duration within = operation.settings().conduct().lockWait();
    return pooled
        ? TransactionLock.acquire(lasting.session(), key, within, new Queue())
        : SessionLock.acquire(lasting.session(), key, within, new Queue());
  }

  private History locate() {
    return operation.settings().locate(lasting.session());
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
      operation.check();
      if (time.toMillis() - toldOfWaiting >= 1_000) {
        toldOfWaiting = time.toMillis();
        operation.tell(new MigrationEvent.LockWaited(operation.runId(), time));
      }
    }

    @Override
    public List<Migration> done() {
      return operation.progress().migrations();
    }
  }

  @Override
  public void close() {
    // First what could still cancel the session: who borrows it next is somebody else.
    operation.end();
    lookout.close();
    lasting.close();
  }
}
