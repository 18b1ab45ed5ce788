package dev.migrator.internal.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs an application's code on a session, and finds out whether it kept to its frame. */
public final class CodeFrame {

  private final Session session;
  private final BorrowedConnection borrowed;

  CodeFrame(Session session, BorrowedConnection borrowed) {
    this.session = session;
    this.borrowed = borrowed;
  }

  /**
   * Runs an application's code inside the open transaction, which it cannot end.
   *
   * @throws CodeFailedException when it threw, or has ended the transaction after all; what is open must be rolled back then
   */
  public void inTransaction(ConnectionWork work) {
    String transaction = transaction();
    CodeFailedException failure = call(work, ConnectionGuard.Frame.TRANSACTION);
    try {
      if (!transaction.equals(transaction())) {
        throw CodeFailedException.ended(failure == null ? null : failure.getCause());
      }
    } catch (CommandFailedException e) {
      if (e.error().isConnectionLoss()) {
        throw CodeFailedException.lost(failure, e);
      }
      if (failure == null) {
        throw CodeFailedException.left(
            "its code went on after an error that had ended its transaction; let the exception through, or go back to a"
                + " savepoint",
            e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Runs an application's code without a transaction; it may use its own.
   *
   * @throws CodeFailedException when it threw, or has left a transaction open, which is rolled back
   */
  public void withoutTransaction(ConnectionWork work) {
    CodeFailedException failure = call(work, ConnectionGuard.Frame.NONE);
    try {
      boolean open = hasWorkOpen();
      session.stepwise(List.of(Command.of("ROLLBACK")));
      if (!borrowed.jdbc().getAutoCommit()) {
        borrowed.jdbc().setAutoCommit(true);
      }
      if (open && failure == null) {
        failure = CodeFailedException.left(
            "its code left a transaction open, which was rolled back", null);
      }
    } catch (CommandFailedException e) {
      session.spoil();
      failure = CodeFailedException.lost(failure, e);
    } catch (SQLException e) {
      session.spoil();
      failure = failure == null
          ? CodeFailedException.left("the connection cannot be used any more", e)
          : failure;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable CodeFailedException call(ConnectionWork work, ConnectionGuard.Frame frame) {
    ConnectionGuard guard = new ConnectionGuard(borrowed.jdbc(), frame);
    session.lend(guard);
    try (guard) {
      work.on(guard.connection());
    } catch (VirtualMachineError e) {
      session.spoil();
      throw e;
    } catch (Exception | Error e) {
      // What goes wrong when classes are loaded or asserted is an error too.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return CodeFailedException.threw(e);
    } finally {
      session.lend(null);
    }
    return guard.hadCopyOpen()
        ? CodeFailedException.left(
            "its code left a COPY open, which was cancelled; end it with endCopy()", null)
        : null;
  }

  /** Whether a transaction is open that has changed something, or failed; one that has only read may go unnoticed. */
  private boolean hasWorkOpen() {
    try {
      return session.queryOne(
          Command.of("SELECT pg_catalog.pg_current_xact_id_if_assigned() IS NOT NULL"),
          row -> row.flag(1));
    } catch (CommandFailedException e) {
      if (e.error().isConnectionLoss()) {
        throw e;
      }
      return true;
    }
  }

  /** The id of the present transaction. */
  private String transaction() {
    return session.queryOne(
        Command.of("SELECT pg_catalog.pg_current_xact_id()::text"), row -> row.text(1));
  }
}
