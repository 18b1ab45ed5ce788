package dev.migrator.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server that belongs to one test, which may kill it, start it again and make a standby of it.
 *
 * <p>It runs the binaries of the server that all tests share where they are on this machine, else installed ones. Everybody is
 * let in as superuser {@code postgres}. Not thread-safe.
 */
public final class LocalServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String USER = "postgres";

  private final Path binaries;
  private final Path data;
  private final int port;
  private @Nullable Process process;

  private LocalServer(Path binaries, Path data) throws IOException {
    this.binaries = binaries;
    this.data = data;
    this.port = freePort();
  }

  /**
   * Creates a server, which does not run yet. The test is skipped where there are no binaries.
   *
   * @param settings lines of {@code postgresql.conf}
   * @return the server
   */
  public static LocalServer create(String... settings) {
    Path binaries =
        binaries().orElseGet(() -> abort("needs initdb and postgres, not installed here"));
    try {
      LocalServer server =
          new LocalServer(binaries, DataDirectories.create(EmbeddedServer.parent()));
      server.run("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync");
      server.configure("fsync = off", "unix_socket_directories = ''", "max_connections = 100");
      server.configure(settings);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> binaries() {
    String shared;
    try (TestDatabase database = PostgresServer.shared().createDatabase()) {
      shared = database.value("SELECT setting FROM pg_config WHERE name = 'BINDIR'");
    }
    return Files.isExecutable(Path.of(shared, "initdb"))
        ? Optional.of(Path.of(shared))
        : Programs.find("initdb").map(Path::getParent);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Where it listens.
   *
   * @return the port at 127.0.0.1
   */
  public int port() {
    return port;
  }

  /**
   * Adds settings, which hold from the next start.
   *
   * @param lines lines of {@code postgresql.conf}
   */
  public void configure(String... lines) {
    try {
      Files.write(data.resolve("postgresql.conf"), List.of(lines), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, and returns when it answers. */
  public void start() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Process started = launch();
    while (true) {
      try (Connection connection = dataSource(USER).getConnection()) {
        if (connection.isValid(1)) {
          process = started;
          return;
        }
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          started.destroyForcibly();
          throw new IllegalStateException("the server does not answer; it said:\n" + log(), e);
        }
      }
      if (!started.isAlive()) {
        // Processes of its former life may still hold the shared memory.
        started = launch();
      }
      pause();
    }
  }

  /** Kills the server and all its processes at once, as a power cut does. */
  public void kill() {
    Process killed = running();
    List<ProcessHandle> children = killed.descendants().toList();
    // First the one that would start others.
    killed.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
    process = null;
  }

  /** Ends all its processes without a checkpoint; it recovers at the next start. */
  public void stopImmediately() {
    stop("immediate");
  }

  /** Ends it in an orderly way, and its clients with it. */
  public void stop() {
    stop("fast");
  }

  private void stop(String mode) {
    Process stopped = running();
    run("pg_ctl", "stop", "-m", mode, "-w");
    stopped.onExit().join();
    process = null;
  }

  /**
   * Makes a standby that streams from this server, which must not run; neither runs afterwards.
   *
   * @return the standby
   */
  public LocalServer standby() {
    try {
      LocalServer standby =
          new LocalServer(binaries, DataDirectories.create(EmbeddedServer.parent()));
      Files.delete(standby.data);
      execute(List.of("cp", "-a", data.toString(), standby.data.toString()));
      Files.createFile(standby.data.resolve("standby.signal"));
      standby.configure("primary_conninfo = 'host=127.0.0.1 port=" + port + " user=" + USER
          + " application_name=standby'");
      return standby;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the standby accept writes; returns when it does. */
  public void promote() {
    execute("postgres", "SELECT pg_promote(true, 60)");
  }

  /**
   * Creates a database.
   *
   * @param name a name that is safe without quotes
   */
  public void createDatabase(String name) {
    execute("postgres", "CREATE DATABASE " + name);
  }

  /**
   * Runs a statement in autocommit.
   *
   * @param database where
   * @param sql the statement
   */
  public void execute(String database, String sql) {
    try (Connection connection = dataSource(database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  /**
   * Unpooled connections.
   *
   * @param database to which database
   * @return a new data source every time
   */
  public PGSimpleDataSource dataSource(String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {"127.0.0.1"});
    dataSource.setPortNumbers(new int[] {port});
    dataSource.setDatabaseName(database);
    dataSource.setUser(USER);
    return dataSource;
  }

  /**
   * What it wrote so far.
   *
   * @return its log
   */
  public String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it and deletes its data. */
  @Override
  public void close() {
    if (process != null) {
      kill();
    }
    try {
      DataDirectories.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("the server does not run");
    }
    return process;
  }

  private Path logFile() {
    return data.resolve("server.log");
  }

  private Process launch() {
    List<String> command = command("postgres");
    command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String program, String... arguments) {
    List<String> command = command(program);
    command.addAll(List.of("-D", data.toString()));
    command.addAll(List.of(arguments));
    execute(command);
  }

  private List<String> command(String program) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // The server refuses root; in a user namespace of its own it sees nobody instead.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(binaries.resolve(program).toString());
    return command;
  }

  private static void execute(List<String> command) {
    try {
      Path output = Files.createTempFile("local-server-", ".log");
      // A file, not a pipe: a server that is started would keep a pipe open.
      int code = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start()
          .waitFor();
      String said = Files.readString(output);
      Files.delete(output);
      if (code != 0) {
        throw new IllegalStateException(command + " ended with " + code + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
