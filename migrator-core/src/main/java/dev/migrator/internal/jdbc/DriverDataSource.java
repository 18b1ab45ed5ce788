package dev.migrator.internal.jdbc;

import dev.migrator.config.Connections;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Connections straight from the driver, one for every call. The driver itself looks into the pgpass file for a password
 * that is not set.
 */
public final class DriverDataSource implements DataSource {

  private static final String APPLICATION = "migrator";

  private final Driver driver = new Driver();
  private final Connections connections;

  private DriverDataSource(Connections connections) {
    this.connections = connections;
  }

  /** A data source for an address. */
  public static DriverDataSource to(Connections connections) {
    return new DriverDataSource(connections);
  }

  /** Hosts, ports and database, for messages. */
  String address() {
    return connections.address();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connect(connections);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return connect(connections.withUser(user).withPassword(password));
  }

  private Connection connect(Connections to) throws SQLException {
    Properties properties = new Properties();
    to.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    to.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
    if (!to.jdbcUrl().contains(PGProperty.APPLICATION_NAME.getName() + "=")) {
      PGProperty.APPLICATION_NAME.set(properties, APPLICATION);
    }
    Connection connection = driver.connect(to.jdbcUrl(), properties);
    if (connection == null) {
      throw new SQLException("the driver does not accept the address " + to.jdbcUrl(), "08001");
    }
    return connection;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("this is no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
