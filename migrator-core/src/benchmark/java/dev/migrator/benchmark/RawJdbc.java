package dev.migrator.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/**
 * What the driver and the server need at the least: a message for each migration, and for "nothing is pending" a
 * connection, one SELECT of the tracking rows, and reading the files.
 */
final class RawJdbc implements Contender {

  static final String NAME = "raw JDBC";

  /** The tables that Migrator keeps, written by hand. */
  private static final String TABLES = """
      BEGIN;
      CREATE TABLE schema_migrations (
          version text PRIMARY KEY, name text NOT NULL, applied_at timestamptz, checksum text, execution_time_ms bigint,
          status text NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed')), error_message text,
          applied_by text, version_key text NOT NULL UNIQUE, kind text NOT NULL DEFAULT 'versioned',
          script text NOT NULL DEFAULT '', checksum_algorithm text, applied_rank bigint,
          action text NOT NULL DEFAULT 'apply', transactional boolean NOT NULL DEFAULT true, run_id uuid,
          schema_fingerprint text);
      CREATE TABLE migration_history (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(), version text, action text NOT NULL,
          executed_at timestamptz NOT NULL DEFAULT clock_timestamp(), execution_time_ms bigint,
          status text NOT NULL CHECK (status IN ('success', 'failed')), error_message text, executed_by text,
          environment text, sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE, version_key text, name text,
          run_id uuid, checksum text, checksum_algorithm text, schema_fingerprint text, schema_snapshot bytea,
          details jsonb);
      COMMIT
      """;

  private static final String RECORD = """
      INSERT INTO schema_migrations
             (version, version_key, name, kind, script, checksum, checksum_algorithm, applied_by, run_id, transactional,
              applied_rank, execution_time_ms, applied_at, status, action)
      VALUES ('%1$s', '%2$d', 'create item %1$s', 'versioned', '%3$s',
              '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 'sha256-lf', 'benchmark',
              '01234567-89ab-cdef-0123-456789abcdef', true, %2$d, 1, clock_timestamp(), 'completed', 'apply');
      INSERT INTO migration_history
             (version, version_key, name, action, status, executed_by, environment, run_id, checksum, checksum_algorithm,
              execution_time_ms)
      VALUES ('%1$s', '%2$d', 'create item %1$s', 'apply', 'success', 'benchmark', 'development',
              '01234567-89ab-cdef-0123-456789abcdef',
              '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 'sha256-lf', 1);
      """;

  private static final String SELECT =
      "SELECT version, name, script, status, checksum, checksum_algorithm FROM schema_migrations";

  private final boolean recorded;

  private RawJdbc(boolean recorded) {
    this.recorded = recorded;
  }

  /** Script, tracking row and history row in one message. */
  static RawJdbc sameWork() {
    return new RawJdbc(true);
  }

  /** The script alone in one message. */
  static RawJdbc scriptsAlone() {
    return new RawJdbc(false);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void apply(DataSource database, Scripts scripts) throws SQLException, IOException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (recorded) {
        statement.execute(TABLES);
      }
      int number = 0;
      for (Path file : sorted(scripts.folder())) {
        number++;
        String script = Files.readString(file);
        statement.execute(
            recorded
                ? "BEGIN;\n" + script
                    + RECORD.formatted("%05d".formatted(number), number, file.getFileName())
                    + "COMMIT"
                : script);
      }
    }
  }

  @Override
  public void lookPackaged(DataSource database, Scripts scripts) throws SQLException {
    select(database);
  }

  @Override
  public void look(DataSource database, Scripts scripts) throws SQLException, IOException {
    select(database);
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(scripts.folder())) {
      for (Path file : files) {
        bytes += Files.readAllBytes(file).length;
      }
    }
    if (bytes == 0) {
      throw new IllegalStateException("there is no script");
    }
  }

  private static void select(DataSource database) throws SQLException {
    List<String> known = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SELECT)) {
      while (rows.next()) {
        known.add(rows.getString(1));
        known.add(rows.getString(2));
        known.add(rows.getString(3));
        known.add(rows.getString(4));
        known.add(rows.getString(5));
        known.add(rows.getString(6));
      }
    }
    if (known.isEmpty()) {
      throw new IllegalStateException("nothing was applied");
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(paths::add);
    }
    Collections.sort(paths);
    return paths;
  }
}
