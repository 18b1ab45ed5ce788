package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The transaction around an application's code, as JDBC's methods see it. It was begun by a command of ours while the driver
 * is in autocommit, so JDBC's savepoints, which the driver refuses then, are commands here as well.
 */
final class GuardedTransaction {

  private static final Set<String> METHODS =
      Set.of("commit", "rollback", "setSavepoint", "releaseSavepoint", "setAutoCommit");

  private final Connection real;

  // The code may share its connection with threads of its own.
  private final AtomicInteger savepoints = new AtomicInteger();

  GuardedTransaction(Connection real) {
    this.real = real;
  }

  /** Whether a method of a connection begins, ends or divides a transaction. */
  static boolean isAbout(String method) {
    return METHODS.contains(method);
  }

  /**
   * Does what such a method asks, or refuses it.
   *
   * @param first its first argument; {@code null} when there is none
   */
  @Nullable
  Object call(String method, @Nullable Object first) throws SQLException {
    if (method.equals("setAutoCommit")) {
      if (Boolean.TRUE.equals(first)) {
        throw ConnectionGuard.refused(method, "the migration runs in one transaction");
      }
      return null;
    }
    if (method.equals("setSavepoint")) {
      Mark mark = new Mark(savepoints.incrementAndGet(), first == null ? null : first.toString());
      execute("SAVEPOINT " + mark.quoted());
      return mark;
    }
    if (!(first instanceof Mark mark)) {
      throw ConnectionGuard.refused(
          method,
          method.equals("commit")
              ? "the transaction is committed together with its record"
              : "throw an exception, and nothing of the migration stays");
    }
    execute((method.equals("rollback") ? "ROLLBACK TO SAVEPOINT " : "RELEASE SAVEPOINT ")
        + mark.quoted());
    return null;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = real.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A savepoint that was set by a command. */
  private record Mark(int number, @Nullable String name) implements Savepoint {

    String quoted() {
      return Identifiers.quote(name == null ? "migrator_savepoint_" + number : name);
    }

    @Override
    public int getSavepointId() throws SQLException {
      if (name != null) {
        throw new SQLException("the savepoint has a name", "3B000");
      }
      return number;
    }

    @Override
    public String getSavepointName() throws SQLException {
      if (name == null) {
        throw new SQLException("the savepoint has no name", "3B000");
      }
      return name;
    }
  }
}
