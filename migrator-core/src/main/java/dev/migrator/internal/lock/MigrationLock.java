package dev.migrator.internal.lock;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The advisory lock as an operation has it: for its session, or, where a pooler may hand every transaction to another
 * backend, within each of its transactions.
 */
public abstract sealed class MigrationLock implements AutoCloseable
    permits SessionLock, TransactionLock {

  private final Session session;
  private final LockKey key;

  MigrationLock(Session session, LockKey key) {
    this.session = session;
    this.key = key;
  }

  final Session session() {
    return session;
  }

  final LockKey key() {
    return key;
  }

  /** Whether the session itself is ours from one transaction to the next: its settings, its lock, what a script leaves in it. */
  public abstract boolean holdsSession();

  /** The commands behind the BEGIN of a transaction whose records prove at its end that the lock is held. */
  public abstract List<Command> entry();

  /** The commands behind the BEGIN of any other transaction: an error when nothing may be done in it. */
  public abstract List<Command> fence();

  /**
   * Names what must still be so when a transaction begins, because the operation's plan was made for it. Where the lock is
   * held all the time, nothing else can have changed it.
   *
   * @param query a query for one boolean
   */
  public abstract void expect(Command query);

  /**
   * Runs a transaction that begins with {@link #entry()} or {@link #fence()}; again, as long as somebody else has the lock.
   *
   * @throws CommandFailedException when it failed; it is still open then
   * @throws LookAgainException when what was {@linkplain #expect expected} is not so any more; it is rolled back then
   */
  public abstract <T> T attempt(Supplier<T> transaction);

  /**
   * Runs commands in a transaction of their own.
   *
   * @throws CommandFailedException when one of them failed; the transaction is rolled back then
   * @throws LookAgainException as {@link #attempt}
   */
  public final Replies run(List<Command> work) {
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("BEGIN"));
    commands.addAll(fence());
    commands.add(ScriptSettings.PATIENT_RECORDS);
    commands.addAll(work);
    commands.add(Command.of("COMMIT"));
    try {
      return attempt(() -> session.pipeline(commands));
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      throw e;
    }
  }

  /**
   * The server process that does the operation's work at this moment; 0 when it is not known.
   *
   * @param observer another session
   */
  public abstract int pid(Session observer);

  /** Releases the lock; never throws. */
  @Override
  public abstract void close();
}
