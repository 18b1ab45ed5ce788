package dev.migrator.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The one PostgreSQL server that all tests of a JVM share.
 *
 * <p>It is, in this order: the server named by {@code -Dmigrator.test.url} (with {@code
 * migrator.test.user} and {@code migrator.test.password}; it needs a superuser), a container when
 * Docker answers ({@code migrator.test.image}), or the binaries on the class path. {@code
 * -Dmigrator.test.server=configured|docker|embedded} insists on one. A server that is started here
 * trades durability for speed unless {@code -Dmigrator.test.durable=true}.
 *
 * <p>Thread-safe.
 */
public final class PostgresServer {
  private static @Nullable PostgresServer shared;
  private static @Nullable String failure;

  private final ServerSource source;
  private final String url;
  private final String user;
  private final String password;
  private final ServerVersion version;
  private final String prefix;
  private final AtomicInteger names = new AtomicInteger();

  PostgresServer(ServerSource source, String url, String user, String password) {
    this.source = source;
    this.url = url;
    this.user = user;
    this.password = password;
    this.version = readVersion();
    // Several JVMs may share a configured server.
    this.prefix = "mt" + Integer.toString(ThreadLocalRandom.current().nextInt(1 << 30), 36) + "_";
  }

  /**
   * The server, started by the first call.
   *
   * @return the same server every time
   * @throws IllegalStateException if none can be had; later calls fail without trying again
   */
  public static synchronized PostgresServer shared() {
    if (failure != null) {
      throw new IllegalStateException("The first attempt failed already: " + failure);
    }
    if (shared == null) {
      long start = System.nanoTime();
      try {
        shared = start();
      } catch (RuntimeException e) {
        failure = e.toString();
        throw e;
      }
      announce(shared, Duration.ofNanos(System.nanoTime() - start));
    }
    return shared;
  }

  private static PostgresServer start() {
    String wanted = System.getProperty("migrator.test.server");
    if (wanted != null) {
      return switch (ServerSource.valueOf(wanted.toUpperCase(Locale.ROOT))) {
        case CONFIGURED -> configured();
        case DOCKER -> DockerServer.start();
        case EMBEDDED -> EmbeddedServer.start();
      };
    }
    if (System.getProperty("migrator.test.url") != null) {
      return configured();
    }
    return Docker.answers() ? DockerServer.start() : EmbeddedServer.start();
  }

  private static PostgresServer configured() {
    String url = System.getProperty("migrator.test.url");
    if (url == null) {
      throw new IllegalStateException("migrator.test.server=configured needs -Dmigrator.test.url");
    }
    return new PostgresServer(
        ServerSource.CONFIGURED,
        url,
        System.getProperty("migrator.test.user", "postgres"),
        System.getProperty("migrator.test.password", ""));
  }

  // A person who reads the build's output wants to know what the tests ran on, whatever logs are
  // on.
  @SuppressWarnings("SystemOut")
  private static void announce(PostgresServer server, Duration took) {
    System.out.printf(
        Locale.ROOT,
        "Tests run on PostgreSQL %s (%s, ready in %d ms)%n",
        server.version,
        server.source.name().toLowerCase(Locale.ROOT),
        took.toMillis());
  }

  /**
   * Creates an empty database.
   *
   * @return the database, which the caller closes
   */
  public TestDatabase createDatabase() {
    // template0: nobody connects to it, so creating never fails for "accessed by other users".
    return createDatabase("template0");
  }

  TestDatabase createDatabase(String template) {
    String name = uniqueName("");
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    return new TestDatabase(this, name);
  }

  /**
   * Where the server comes from.
   *
   * @return the source
   */
  public ServerSource source() {
    return source;
  }

  /**
   * What runs.
   *
   * @return the version that the server itself reports
   */
  public ServerVersion version() {
    return version;
  }

  String user() {
    return user;
  }

  String password() {
    return password;
  }

  /** A name that no other test has, safe without quotes. */
  String uniqueName(String suffix) {
    return prefix + names.incrementAndGet() + suffix;
  }

  /** Connections to a database of this server; a new, plain data source every time. */
  PGSimpleDataSource dataSource(String database, String user, String password) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setURL(url);
    dataSource.setDatabaseName(database);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    return dataSource;
  }

  /** A connection to the database that exists before any test, as superuser. */
  Connection connect() throws SQLException {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setURL(url);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    dataSource.setApplicationName("migrator test fixture");
    return dataSource.getConnection();
  }

  void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  private ServerVersion readVersion() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW server_version_num")) {
      rows.next();
      return new ServerVersion(rows.getInt(1));
    } catch (SQLException e) {
      throw new IllegalStateException("No PostgreSQL at " + url + ": " + e.getMessage(), e);
    }
  }
}
