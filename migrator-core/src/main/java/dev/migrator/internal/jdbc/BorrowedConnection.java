package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.AutoSave;

/**
 * A connection that belongs to somebody else: what the engine changes in it is put back before it is returned, or it is
 * not returned at all.
 */
final class BorrowedConnection {

  private final Connection connection;
  private final @Nullable BaseConnection driver;
  private final boolean autoCommit;
  private final boolean readOnly;
  private final int networkTimeout;
  private final int prepareThreshold;
  private final @Nullable AutoSave autoSave;

  private BorrowedConnection(Connection connection, @Nullable BaseConnection driver)
      throws SQLException {
    this.connection = connection;
    this.driver = driver;
    this.autoCommit = connection.getAutoCommit();
    this.readOnly = connection.isReadOnly();
    this.networkTimeout = connection.getNetworkTimeout();
    this.prepareThreshold = driver == null ? 0 : driver.getPrepareThreshold();
    this.autoSave = driver == null ? null : driver.getAutosave();
  }

  static BorrowedConnection from(DataSource dataSource) {
    return of(connect(dataSource));
  }

  /**
   * A second connection, for another thread. A data source may lend one connection to everybody; the working one must then
   * not be touched, not even closed. Another wrapper of it is closed all the same: a pool lends the connection again that
   * the working session has given back meanwhile, and would never see it again.
   */
  static BorrowedConnection beside(DataSource dataSource, BorrowedConnection working) {
    Connection connection = connect(dataSource);
    SQLException cause = null;
    try {
      BaseConnection driver = driver(connection);
      if (driver != null && driver != working.driver && connection != working.connection) {
        return of(connection);
      }
    } catch (SQLException e) {
      cause = e;
    }
    if (connection != working.connection) {
      closeQuietly(connection);
    }
    throw MigrationException.because(
            FailureCode.CONNECTION_UNUSABLE,
            "the data source does not show that it lends a second connection.")
        .advice("hand over a DataSource that opens a connection for every call.")
        .cause(cause)
        .build();
  }

  private static @Nullable BaseConnection driver(Connection connection) throws SQLException {
    return connection.isWrapperFor(BaseConnection.class)
        ? connection.unwrap(BaseConnection.class)
        : null;
  }

  private static BorrowedConnection of(Connection connection) {
    try {
      BaseConnection driver = driver(connection);
      refuseOpenTransaction(connection, driver);
      BorrowedConnection borrowed = new BorrowedConnection(connection, driver);
      borrowed.prepare();
      return borrowed;
    } catch (SQLException | RuntimeException e) {
      closeAfter(connection, e);
      if (e instanceof MigrationException refused) {
        throw refused;
      }
      throw MigrationException.because(
              FailureCode.CONNECTION_UNUSABLE,
              "the connection cannot be used: " + Redaction.redact(Unreachable.words(e)))
          .advice("hand over a connection of the PostgreSQL JDBC driver.")
          .cause(SafeCause.of(e))
          .build();
    }
  }

  Connection jdbc() {
    return connection;
  }

  @Nullable
  BaseConnection driver() {
    return driver;
  }

  /** Puts back what was changed and returns the connection; one that cannot be put back is aborted instead. */
  void giveBack(boolean intact) {
    try {
      if (intact && (driver == null || driver.getTransactionState() == TransactionState.IDLE)) {
        restore();
      } else {
        connection.abort(sameThread());
      }
    } catch (SQLException | RuntimeException e) {
      abortAfter(e);
    } finally {
      closeQuietly(connection);
    }
  }

  /** Gives it up; from any thread. */
  void abort() {
    try {
      connection.abort(sameThread());
    } catch (SQLException | RuntimeException ignored) {
      // It is as good as lost.
    }
  }

  private void prepare() throws SQLException {
    if (!autoCommit) {
      connection.setAutoCommit(true);
    }
    if (readOnly) {
      connection.setReadOnly(false);
    }
    if (networkTimeout != 0) {
      connection.setNetworkTimeout(sameThread(), 0);
    }
    if (driver != null) {
      if (prepareThreshold != 0) {
        // Named server-side statements do not survive a pooler that hands every transaction to
        // another backend.
        driver.setPrepareThreshold(0);
      }
      if (autoSave != AutoSave.NEVER) {
        driver.setAutosave(AutoSave.NEVER);
      }
    }
  }

  private void restore() throws SQLException {
    if (driver != null) {
      if (prepareThreshold != 0) {
        driver.setPrepareThreshold(prepareThreshold);
      }
      if (autoSave != null && autoSave != AutoSave.NEVER) {
        driver.setAutosave(autoSave);
      }
    }
    if (networkTimeout != 0) {
      connection.setNetworkTimeout(sameThread(), networkTimeout);
    }
    if (readOnly) {
      connection.setReadOnly(true);
    }
    if (!autoCommit) {
      connection.setAutoCommit(false);
    }
  }

  private static Executor sameThread() {
    return Runnable::run;
  }

  private static Connection connect(DataSource dataSource) {
    try {
      return dataSource.getConnection();
    } catch (SQLException | RuntimeException e) {
      throw Unreachable.failure(dataSource, e);
    }
  }

  /**
   * Setting autocommit would commit work that is not ours. Only the driver knows whether a transaction is open: a question
   * put to the server would open one.
   */
  private static void refuseOpenTransaction(Connection connection, @Nullable BaseConnection driver)
      throws SQLException {
    boolean open = driver != null
        ? driver.getTransactionState() != TransactionState.IDLE
        : !connection.getAutoCommit();
    if (open) {
      throw MigrationException.because(
              FailureCode.CONNECTION_UNUSABLE,
              driver != null
                  ? "the connection that was handed over is inside a transaction."
                  : "the connection that was handed over has autocommit off and hides its driver, so that nobody can tell"
                      + " whether it is inside a transaction.")
          .done("nothing was changed; the transaction is as it was.", List.of())
          .advice("hand over a DataSource whose connections are idle and in autocommit.")
          .build();
    }
  }

  private void abortAfter(Exception first) {
    try {
      connection.abort(sameThread());
    } catch (SQLException | RuntimeException second) {
      first.addSuppressed(second);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException ignored) {
      // It was aborted or broken; a pool notices by itself. A framework's proxy throws exceptions
      // of its own.
    }
  }

  private static void closeAfter(Connection connection, Exception first) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException second) {
      first.addSuppressed(second);
    }
  }
}
