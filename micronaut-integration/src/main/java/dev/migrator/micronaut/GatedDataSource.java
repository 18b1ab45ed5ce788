package dev.migrator.micronaut;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source that gives no connection before its migrations are done. Who asks for one waits a moment, and gets a {@link
 * DataSourceNotReadyException} then.
 */
final class GatedDataSource implements DataSource {

  private final DataSource target;
  private final MigratedDataSource migrated;
  private final Duration patience;

  GatedDataSource(DataSource target, MigratedDataSource migrated, Duration patience) {
    this.target = target;
    this.migrated = migrated;
    this.patience = patience;
  }

  @Override
  public Connection getConnection() throws SQLException {
    pass();
    return target.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    pass();
    return target.getConnection(user, password);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return target.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    target.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    target.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return target.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return target.getParentLogger();
  }

  /** The pool, too: it is not the gate's to hide who asks for it by its name. */
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || type.isInstance(target) || target.isWrapperFor(type);
  }

  private void pass() throws SQLException {
    if (migrated.status().state().isReady()) {
      return;
    }
    try {
      if (!migrated.awaitReady(patience)) {
        throw new DataSourceNotReadyException(migrated);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataSourceNotReadyException(migrated);
    }
  }
}
