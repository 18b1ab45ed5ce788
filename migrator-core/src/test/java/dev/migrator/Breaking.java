package dev.migrator;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections whose server process is ended at one command: before it is sent, or after it has run and before its outcome
 * is known. What comes later fails, as after a crash.
 */
final class Breaking {

  /** When. */
  enum Moment {
    BEFORE,
    AFTER
  }

  private final DataSource real;
  private final Moment moment;
  private final Predicate<String> at;
  private boolean broken;

  private Breaking(DataSource real, Moment moment, Predicate<String> at) {
    this.real = real;
    this.moment = moment;
    this.at = at;
  }

  /** Breaks at the first command whose text begins so. */
  static Breaking at(DataSource real, Moment moment, String beginning) {
    return new Breaking(real, moment, sql -> sql.startsWith(beginning));
  }

  /** Breaks at the n-th command from the first one on whose text begins so. */
  static Breaking at(DataSource real, Moment moment, String beginning, int number) {
    AtomicInteger seen = new AtomicInteger();
    return new Breaking(
        real,
        moment,
        sql -> (seen.get() > 0 || sql.startsWith(beginning)) && seen.incrementAndGet() == number);
  }

  /** Whether it came to that. */
  boolean hasBroken() {
    return broken;
  }

  DataSource dataSource() {
    return proxy(DataSource.class, real, null, "");
  }

  private <T> T proxy(Class<T> type, T real, @Nullable Connection connection, String sql) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
          if (method.getName().equals("isWrapperFor")) {
            return false;
          }
          boolean executes = method.getName().startsWith("execute");
          String text =
              executes && arguments != null && arguments.length > 0 ? (String) arguments[0] : sql;
          boolean here = executes && isHere(text);
          try {
            if (here && moment == Moment.BEFORE) {
              terminate(connection);
            }
            Object result = method.invoke(real, arguments);
            if (here && moment == Moment.AFTER) {
              terminate(connection);
              throw new SQLException("the connection broke", "08006");
            }
            if (result instanceof Connection opened) {
              return proxy(Connection.class, opened, opened, "");
            }
            if (result instanceof PreparedStatement prepared) {
              return proxy(PreparedStatement.class, prepared, connection, (String) arguments[0]);
            }
            return result instanceof Statement statement && real instanceof Connection
                ? proxy(Statement.class, statement, connection, "")
                : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }

  private boolean isHere(String sql) {
    if (broken || !at.test(sql)) {
      return false;
    }
    broken = true;
    return true;
  }

  private void terminate(@Nullable Connection victim) throws SQLException {
    int pid =
        Objects.requireNonNull(victim).unwrap(org.postgresql.PGConnection.class).getBackendPID();
    try (Connection other = real.getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("select pg_terminate_backend(" + pid + ", 5000)");
    }
  }
}
