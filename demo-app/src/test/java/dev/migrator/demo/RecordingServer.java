package dev.migrator.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL that writes down every statement it is sent, with the name of the application that sent it. */
final class RecordingServer implements AutoCloseable {
  private static final Pattern STATEMENT =
      Pattern.compile("^@(.*?)::LOG: +(?:statement|execute [^:]*): (.+)$");

  private final EmbeddedPostgres server;
  private final Path log;

  RecordingServer(Path folder) throws IOException {
    this.log = folder.resolve("server.log");
    this.server = EmbeddedPostgres.builder()
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_directory", folder.toString())
        .setServerConfig("log_filename", "server.log")
        .setServerConfig("log_statement", "all")
        .setServerConfig("log_line_prefix", "@%a::")
        .start();
  }

  /** Creates a database. */
  void create(String database) {
    query("postgres", "CREATE DATABASE " + database);
  }

  /** The database's address for the driver. */
  String jdbcUrl(String database, String application) {
    return server.getJdbcUrl("postgres", database) + "&ApplicationName=" + application;
  }

  /** The same as other programs write it. */
  String libpqUrl(String database) {
    return "postgresql://postgres@localhost:" + server.getPort() + "/" + database;
  }

  /** The first line of every statement that an application has sent so far, each once. */
  Set<String> statements(String application) {
    awaitEverythingSoFar();
    return lines()
        .map(STATEMENT::matcher)
        .filter(Matcher::matches)
        .filter(line -> line.group(1).equals(application))
        .map(line -> line.group(2).strip())
        .collect(Collectors.toSet());
  }

  /** The log is written by a process of its own, in the order of arrival: what came before a mark is there when the mark is. */
  private void awaitEverythingSoFar() {
    String mark = "mark " + UUID.randomUUID();
    query("postgres", "SELECT '" + mark + "'");
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (lines().noneMatch(line -> line.contains(mark))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the server does not log");
      }
      Thread.onSpinWait();
    }
  }

  private Stream<String> lines() {
    try {
      return Files.readAllLines(log).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first value of the answer; {@code null} for a null, and nothing for a command. */
  String query(String database, String sql) {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return String.valueOf(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
