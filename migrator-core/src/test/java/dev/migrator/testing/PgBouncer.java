package dev.migrator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A running PgBouncer in front of the server of a test database, on a port of its own; it serves the server's other
 * databases too. A test that starts one says {@code @RequiresProgram("pgbouncer")}.
 *
 * <p>Close it before the database is closed: its idle server connections count as left behind. Thread-safe.
 */
public final class PgBouncer implements AutoCloseable {

  /** When a server connection goes back to the pool (PgBouncer's manual, {@code pool_mode}). */
  public enum PoolMode {
    /** When the client goes. */
    SESSION,
    /** At the end of every transaction. */
    TRANSACTION,
    /** After every statement; transactions of several statements are refused. */
    STATEMENT
  }

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final TestDatabase database;
  private final Path folder;
  private final int port;
  private final Process process;

  private PgBouncer(TestDatabase database, Path folder, int port, Process process) {
    this.database = database;
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one that pools by transaction.
   *
   * @param database the database that {@link #dataSource()} leads to
   * @param poolSize how many server connections there are at most for each database
   * @return the pooler, which answers
   * @throws IllegalStateException if it is not installed or does not answer
   */
  public static PgBouncer pooling(TestDatabase database, int poolSize) {
    return start(database, PoolMode.TRANSACTION, poolSize);
  }

  /**
   * Starts one.
   *
   * @param database the database that {@link #dataSource()} leads to
   * @param mode when a server connection goes back to the pool
   * @param poolSize how many server connections there are at most for each database
   * @param settings further lines of the section {@code [pgbouncer]}, such as {@code max_prepared_statements = 100}
   * @return the pooler, which answers
   * @throws IllegalStateException if it is not installed or does not answer
   */
  public static PgBouncer start(
      TestDatabase database, PoolMode mode, int poolSize, String... settings) {
    Path program = Programs.find("pgbouncer")
        .orElseThrow(() -> new IllegalStateException("pgbouncer is not installed"));
    try {
      Path folder = Files.createTempDirectory("pgbouncer-");
      int port = freePort();
      Path file = folder.resolve("pgbouncer.ini");
      Files.writeString(file, configuration(database, port, mode, poolSize, settings));
      List<String> command = new ArrayList<>(List.of(program.toString()));
      if (System.getProperty("user.name").equals("root")) {
        // It reads its configuration first, and refuses to go on as root.
        command.addAll(List.of("-u", "nobody"));
      }
      command.add(file.toString());
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("log").toFile())
          .start();
      PgBouncer started = new PgBouncer(database, folder, port, process);
      started.awaitAnswer();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start pgbouncer", e);
    }
  }

  private static String configuration(
      TestDatabase database, int port, PoolMode mode, int poolSize, String... settings) {
    PGSimpleDataSource server = database.dataSource();
    return """
        [databases]
        * = host=%s port=%d user=%s password=%s

        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = %s
        default_pool_size = %d
        max_client_conn = 500
        ignore_startup_parameters = extra_float_digits
        %s
        """.formatted(
            server.getServerNames()[0],
            server.getPortNumbers()[0],
            database.user(),
            database.password(),
            port,
            mode.name().toLowerCase(Locale.ROOT),
            poolSize,
            String.join("\n", settings));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Connection connection = dataSource().getConnection()) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          String said = log();
          close();
          throw new IllegalStateException("pgbouncer does not answer; it said:\n" + said, e);
        }
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Connections to the database through the pooler, with the driver's default settings.
   *
   * @return a new data source every time
   */
  public PGSimpleDataSource dataSource() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {"127.0.0.1"});
    dataSource.setPortNumbers(new int[] {port});
    dataSource.setDatabaseName(database.name());
    dataSource.setUser(database.user());
    dataSource.setPassword(database.password());
    return dataSource;
  }

  /**
   * Where the database is, through the pooler, without user and password.
   *
   * @return a URL for the PostgreSQL driver
   */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name();
  }

  /**
   * What PgBouncer wrote so far: who came and went, and why.
   *
   * @return its log
   */
  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once, clients and all. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      Files.deleteIfExists(folder.resolve("log"));
      Files.deleteIfExists(folder.resolve("pgbouncer.ini"));
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
