package dev.migrator.internal.scratch;

import dev.migrator.config.Connections;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The PostgreSQL whose binaries are on the class path, its data in memory where there is plenty. It ends with the JVM at the latest. */
final class EmbeddedServer {

  private static final String USER = "postgres";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String AUTHENTICATION = """
      local all all     scram-sha-256
      host  all all all scram-sha-256
      """;

  private EmbeddedServer() {}

  static RunningServer start(OptionalInt majorVersion) {
    DataDirectory directory = DataDirectory.create();
    EmbeddedPostgres postgres;
    try {
      EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
          .setDataDirectory(directory.path())
          .setCleanDataDirectory(true)
          .setRegisterShutdownHook(true)
          .setPGStartupWait(PATIENCE)
          .setLocaleConfig("locale", locale());
      if (majorVersion.isPresent()) {
        builder.setPgBinaryResolver(new VersionedBinaries(majorVersion.getAsInt()));
      }
      OwnSettings.settings().forEach(builder::setServerConfig);
      postgres = builder.start();
    } catch (IOException | RuntimeException e) {
      directory.deleteAfter(e);
      throw ScratchFailures.notStarted("the embedded PostgreSQL", e);
    }
    Runnable stop = () -> stop(postgres);
    try {
      return new RunningServer(
          locked(postgres, directory.path()),
          Sharing.OWN,
          directory.storage(),
          majorVersion,
          "an embedded server",
          stop);
    } catch (IOException | RuntimeException e) {
      ScratchServer.runAfter(e, stop);
      throw ScratchFailures.notStarted("the embedded PostgreSQL", e);
    }
  }

  /** The library lets in whoever has an account on this machine, and a superuser may run programs as us. */
  private static Connections locked(EmbeddedPostgres postgres, Path directory) throws IOException {
    String password = Secrets.make();
    Connections connections =
        Connections.to(postgres.getJdbcUrl(USER, USER)).withPassword(password);
    try (Session session = Session.open(DriverDataSource.to(connections))) {
      session.stepwise(List.of(
          Command.of("ALTER ROLE " + USER + " PASSWORD " + Identifiers.constant(password))));
      Files.writeString(directory.resolve("pg_hba.conf"), AUTHENTICATION);
      session.stepwise(List.of(Command.of("SELECT pg_catalog.pg_reload_conf()")));
    }
    return connections;
  }

  /** The same on every machine where the operating system permits it, so that rows sort alike. */
  private static String locale() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return system.contains("linux") ? "C.UTF-8" : "C";
  }

  private static void stop(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw ScratchFailures.notStopped("the embedded PostgreSQL", e);
    }
  }
}
