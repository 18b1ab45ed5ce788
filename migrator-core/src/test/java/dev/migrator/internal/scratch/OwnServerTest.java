package dev.migrator.internal.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.Connections;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.OutsideReport;
import dev.migrator.testing.RequiresDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are started for throw-away databases alone. */
class OwnServerTest {

  @Test
  void anEmbeddedServerIsOursLetsNobodyElseInAndEndsWithItsFiles() {
    Path directory;
    Connections stranger;
    try (ScratchServer server = ScratchServer.open(ThrowAwayServer.embedded())) {
      assertThat(server.sharing()).isEqualTo(Sharing.OWN);
      assertThat(server.title())
          .matches("an embedded server, PostgreSQL " + server.majorVersion() + "\\b.*");
      try (ScratchDatabase original = server.create();
          Session session = original.open()) {
        assertThat(text(session, "SHOW fsync")).isEqualTo("off");
        directory = Path.of(text(session, "SHOW data_directory"));
        session.stepwise(List.of(Command.of("CREATE ROLE app"), Command.of("CREATE TABLE t ()")));
        try (ScratchDatabase copy = original.copy();
            Session inside = copy.open()) {
          assertThat(text(inside, "SELECT count(*) FROM t")).isEqualTo("0");
        }
        stranger = original.connections().withPassword("guessed");
        assertThatThrownBy(() -> Session.open(DriverDataSource.to(stranger)))
            .isInstanceOfSatisfying(
                MigrationException.class,
                e -> assertThat(e.code()).isEqualTo(FailureCode.DATABASE_UNREACHABLE));
        OutsideReport report = new OutsideReport(
            List.of(Harm.ROLE),
            new TreeSet<>(Set.of("app", "odd \"é")),
            new TreeSet<>(Set.of("shop")));
        server.refuseHarm(report);
        assertThat(server.createMissing(report)).containsExactly("role odd \"é", "database shop");
        assertThat(server.createMissing(report)).isEmpty();
        try (Session afterwards = original.open()) {
          assertThat(text(afterwards, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'odd \"é'"))
              .isEqualTo("f");
        }
        assertThatThrownBy(() -> server.refuseHarm(Harm.report(Harm.PROGRAM)))
            .hasMessageContaining(
                "0008_load.sql:9:1: COPY reaches programs of the server's machine");
        // Databases of an own server go with it.
        server.create();
      }
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void anEmbeddedServerOfAnotherVersionIsRefusedAndEnds() {
    assertThatThrownBy(() -> ScratchServer.open(ThrowAwayServer.embedded(99)))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE))
        .hasMessageContaining("an embedded server runs PostgreSQL ")
        .hasMessageContaining(", and 99 was asked for")
        .hasNoSuppressedExceptions();
  }

  @Test
  @Timeout(120)
  void theServerOfAKilledProcessIsEndedByTheNextOne() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Sleeper.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    Path directory = Path.of(process
        .inputReader()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .findFirst()
        .orElseThrow()
        .substring(6));
    ProcessHandle server = ProcessHandle.of(Long.parseLong(
            Files.readAllLines(directory.resolve("postmaster.pid")).get(0).strip()))
        .orElseThrow();

    UserPrincipal user = Files.getOwner(directory);
    DataDirectory.removeIfAbandoned(directory, user, Instant.now());
    assertThat(server.isAlive()).as("the process lives, so its server does").isTrue();

    process.destroyForcibly().waitFor();
    assertThat(server.isAlive()).as("a killed process cannot end its server").isTrue();
    DataDirectory.removeIfAbandoned(directory, user, Instant.now().minus(Duration.ofMinutes(10)));
    assertThat(directory).exists();
    UserPrincipal other = () -> "somebody else";
    DataDirectory.removeIfAbandoned(directory, other, Instant.now());
    assertThat(directory).exists();
    DataDirectory.removeIfAbandoned(directory, user, Instant.now());
    assertThat(directory).doesNotExist();
    assertThat(server.isAlive()).isFalse();
  }

  /** A process that holds an embedded server. */
  static final class Sleeper {
    private Sleeper() {}

    // The parent reads it.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
      try (ScratchServer server = ScratchServer.open(ThrowAwayServer.embedded());
          ScratchDatabase database = server.create();
          Session session = database.open()) {
        Path directory = Path.of(text(session, "SHOW data_directory"));
        // As the next server of this process does: it must not give up the lock.
        DataDirectory.removeIfAbandoned(directory, Files.getOwner(directory), Instant.now());
        System.out.println("data: " + directory);
        System.in.read();
      }
    }
  }

  @Test
  @RequiresDocker
  void aContainerIsOursAndCopiesDatabases() {
    try (ScratchServer server = ScratchServer.open(ThrowAwayServer.automatic(16));
        ScratchDatabase original = server.create();
        ScratchDatabase copy = original.copy();
        Session session = copy.open()) {
      assertThat(server.sharing()).isEqualTo(Sharing.OWN);
      assertThat(server.majorVersion()).isEqualTo(16);
      assertThat(server.title()).startsWith("a container of postgres:16, PostgreSQL 16");
      assertThat(text(session, "SELECT current_database()")).isEqualTo(copy.name());
    }
  }

  private static String text(Session session, String query) {
    return session.queryOne(Command.of(query), row -> row.text(1));
  }
}
