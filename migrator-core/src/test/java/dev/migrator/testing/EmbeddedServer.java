package dev.migrator.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Starts the PostgreSQL whose binaries are on the class path and stops it when the JVM exits. */
final class EmbeddedServer {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ENOUGH = 1L << 30;

  // The superuser may come as it is, because the library that starts the server does; everybody
  // else
  // must prove who they are, as on a real server.
  private static final String AUTHENTICATION = """
      local all all      trust
      host  all postgres all trust
      host  all all      all scram-sha-256
      """;

  private EmbeddedServer() {}

  static PostgresServer start() {
    Path parent = parent();
    DataDirectories.removeAbandoned(parent);
    try {
      EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
          .setDataDirectory(DataDirectories.create(parent))
          .setCleanDataDirectory(true)
          .setRegisterShutdownHook(true)
          .setPGStartupWait(Duration.ofSeconds(60))
          .setDataDirectoryCustomizer(EmbeddedServer::authenticate);
      ServerSettings.settings().forEach(builder::setServerConfig);
      EmbeddedPostgres postgres = builder.start();
      return new PostgresServer(
          ServerSource.EMBEDDED,
          postgres.getJdbcUrl("postgres", "postgres"),
          "postgres",
          "postgres");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the embedded PostgreSQL", e);
    }
  }

  /** Memory where there is plenty; a benchmark of durable commits wants a disk. */
  static Path parent() {
    boolean roomy = Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() > ENOUGH;
    return roomy && !ServerSettings.durable()
        ? MEMORY
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static void authenticate(File dataDirectory) {
    try {
      Files.writeString(dataDirectory.toPath().resolve("pg_hba.conf"), AUTHENTICATION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
