package dev.migrator.internal.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * The session's connection in the hands of an application's code: what would break the frame around the code is refused,
 * and what the code leaves open is closed.
 *
 * <p>Whatever JDBC object leads back to the connection is wrapped too.
 */
final class ConnectionGuard implements AutoCloseable {

  /** What surrounds the code. */
  enum Frame {
    TRANSACTION,
    NONE
  }

  private static final Set<String> REFUSED = Set.of(
      "abort",
      "setReadOnly",
      "setTransactionIsolation",
      "setNetworkTimeout",
      "setHoldability",
      "setTypeMap");

  private static final List<Class<?>> WRAPPED = List.of(
      CallableStatement.class,
      PreparedStatement.class,
      Statement.class,
      ResultSet.class,
      Array.class,
      DatabaseMetaData.class);

  private final Connection real;
  private final Frame frame;
  private final Connection guarded;

  // The code may share its connection with threads of its own.
  private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
  private final GuardedTransaction transaction;
  private volatile @Nullable GuardedCopies copies;
  private volatile boolean closed;
  private volatile boolean over;
  private boolean copyLeftOpen;

  /** What asks the server, for who cannot ask the driver to cancel it. */
  private final Set<Statement> running = ConcurrentHashMap.newKeySet();

  ConnectionGuard(Connection real, Frame frame) {
    this.real = real;
    this.frame = frame;
    this.transaction = new GuardedTransaction(real);
    this.guarded = proxy(Connection.class, real);
  }

  Connection connection() {
    return guarded;
  }

  /** Ends the code's use of the connection. */
  @Override
  public void close() {
    over = true;
    GuardedCopies begun = copies;
    if (begun != null) {
      cancelOpen(begun);
    }
    AutoCloseable left = open.poll();
    while (left != null) {
      try {
        left.close();
      } catch (Exception ignored) {
        // The statement belonged to somebody who has forgotten it.
      }
      left = open.poll();
    }
  }

  /** Asks the server to cancel what the code does now; from any thread. */
  void cancel() throws SQLException {
    for (Statement statement : running) {
      statement.cancel();
    }
  }

  /** Whether the code had left a COPY open when the guard was closed. */
  boolean hadCopyOpen() {
    return copyLeftOpen;
  }

  private void cancelOpen(GuardedCopies begun) {
    try {
      copyLeftOpen = begun.cancel();
    } catch (SQLException e) {
      copyLeftOpen = true;
      try {
        // Whatever is sent next must fail, and not wait for the copy's end.
        real.abort(Runnable::run);
      } catch (SQLException second) {
        e.addSuppressed(second);
      }
    }
  }

  private <T> T proxy(Class<T> type, Object target) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new GuardedCall(type, target)));
  }

  /** Answers for a target, and remembers it for the driver, which does not know our objects. */
  private final class GuardedCall implements InvocationHandler {

    private final Class<?> type;
    private final Object target;

    GuardedCall(Class<?> type, Object target) {
      this.type = type;
      this.target = target;
    }

    @Override
    public @Nullable Object invoke(
        Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      return switch (method.getName()) {
        case "equals" -> arguments != null && self == arguments[0];
        case "hashCode" -> System.identityHashCode(self);
        case "toString" ->
          target instanceof Array ? target.toString() : "guarded " + type.getSimpleName();
        default -> call(self, target, method, arguments);
      };
    }
  }

  private @Nullable Object call(
      Object self, Object target, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (name.equals("close") && target == real) {
      closed = true;
      return null;
    }
    if (name.equals("isClosed") && target == real) {
      return closed || over;
    }
    if (over) {
      throw ended();
    }
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    if (first instanceof Class<?> type && name.equals("unwrap")) {
      return unwrap(self, target, type);
    }
    if (first instanceof Class<?> type && name.equals("isWrapperFor")) {
      return type.isInstance(self)
          || (target == real && type == PGConnection.class && real.isWrapperFor(type));
    }
    if (target == real && REFUSED.contains(name)) {
      throw refused(name, "the session belongs to Migrator");
    }
    GuardedCopies begun = copies;
    if (begun != null && sends(target, name)) {
      begun.refuseWhileOpen();
    }
    if (target == real && frame == Frame.TRANSACTION) {
      if (GuardedTransaction.isAbout(name)) {
        return transaction.call(name, first);
      }
      if (name.equals("getAutoCommit")) {
        return false;
      }
    }
    if (target instanceof PGConnection && self instanceof PGConnection && isSetter(name)) {
      // Not all of them may throw an SQLException.
      throw new UnsupportedOperationException(
          refused(name, "the driver's connection belongs to the pool").getMessage());
    }
    if (target instanceof PGConnection driver && name.equals("getCopyAPI")) {
      return copies(driver);
    }
    if (!(target instanceof Statement statement) || !sends(target, name)) {
      return wrapped(target, name, invoke(target, method, unwrapped(arguments)));
    }
    running.add(statement);
    try {
      return wrapped(target, name, invoke(target, method, unwrapped(arguments)));
    } finally {
      running.remove(statement);
    }
  }

  private Object unwrap(Object self, Object target, Class<?> type) throws SQLException {
    if (type.isInstance(self)) {
      return self;
    }
    if (target == real && type == PGConnection.class) {
      return proxy(PGConnection.class, real.unwrap(PGConnection.class));
    }
    throw refused(
        "unwrap(" + type.getName() + ")",
        "only org.postgresql.PGConnection is handed out, for COPY");
  }

  private synchronized CopyManager copies(PGConnection driver) throws SQLException {
    GuardedCopies begun = copies;
    if (begun == null) {
      if (!(driver instanceof BaseConnection base)) {
        throw refused("getCopyAPI", "the driver's own connection is hidden");
      }
      begun = new GuardedCopies(base, () -> over);
      copies = begun;
    }
    return begun;
  }

  /** Whether it asks the server, as far as that can be told. */
  private boolean sends(Object target, String name) {
    return name.startsWith("execute")
        || target instanceof DatabaseMetaData
        || (target == real && GuardedTransaction.isAbout(name));
  }

  private static boolean isSetter(String name) {
    return name.startsWith("set") || name.startsWith("add");
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }

  /** The driver's own objects instead of ours: it sends an array that it knows, and asks a strange one for its text. */
  private static @Nullable Object @Nullable [] unwrapped(@Nullable Object @Nullable [] arguments) {
    return arguments == null
        ? null
        : Arrays.stream(arguments)
            .map(one -> one != null
                    && Proxy.isProxyClass(one.getClass())
                    && Proxy.getInvocationHandler(one) instanceof GuardedCall handler
                ? handler.target
                : one)
            .toArray();
  }

  private @Nullable Object wrapped(Object target, String name, @Nullable Object result) {
    if (name.equals("close") && target instanceof AutoCloseable closed) {
      open.removeFirstOccurrence(closed);
    }
    if (result instanceof Connection) {
      return guarded;
    }
    for (Class<?> type : WRAPPED) {
      if (type.isInstance(result)) {
        boolean first = target == real || target instanceof DatabaseMetaData;
        if (first && result instanceof AutoCloseable closeable) {
          open.push(closeable);
        }
        return proxy(type, result);
      }
    }
    return result;
  }

  static SQLException ended() {
    return new SQLException("the migration is over, and with it its connection", "08003");
  }

  static SQLException refused(String method, String reason) {
    return new SQLException(
        method + " is refused on the connection of a Java migration: " + reason, "0A000");
  }
}
