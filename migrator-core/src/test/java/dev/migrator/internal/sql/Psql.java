package dev.migrator.internal.sql;

import dev.migrator.testing.Programs;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** Runs files with psql and tells what it sent to the server. */
final class Psql {

  private final TestDatabase database;

  Psql(TestDatabase database) {
    this.database = database;
  }

  /** The major version of the psql that is installed. */
  static int majorVersion() {
    try {
      Process process = new ProcessBuilder(program(), "--version").start();
      String answer = RecordingProxy.readAll(process.getInputStream());
      return Integer.parseInt(answer.replaceAll("(?s)^\\D*(\\d+).*$", "$1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every Query message of a run; errors do not stop it, as psql's own default is. */
  List<Sent> run(Path file) {
    PGSimpleDataSource source = database.dataSource();
    try (RecordingProxy proxy =
        new RecordingProxy(source.getServerNames()[0], source.getPortNumbers()[0])) {
      ProcessBuilder builder =
          new ProcessBuilder(program(), "-X", "-q", "-f", file.toAbsolutePath().toString());
      builder
          .environment()
          .putAll(Map.of(
              "PGHOST",
              "127.0.0.1",
              "PGPORT",
              String.valueOf(proxy.port()),
              "PGDATABASE",
              database.name(),
              "PGUSER",
              database.user(),
              "PGPASSWORD",
              database.password(),
              "PGSSLMODE",
              "disable",
              "PGGSSENCMODE",
              "disable",
              "PGCLIENTENCODING",
              "UTF8"));
      Process process = builder
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      process.getOutputStream().close();
      if (!process.waitFor(180, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("psql does not end: " + file);
      }
      return proxy.sent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String program() {
    return Programs.find("psql").orElseThrow().toString();
  }
}
