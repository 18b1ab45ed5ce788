package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A standby may be asked and finds nothing to do, but is never written to. */
@Timeout(120)
class StandbyTest {

  @TempDir
  Path path;

  @TempDir
  Path server;

  @Test
  void aStandbyIsReadFromAndNothingElse() throws IOException {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    Path data = server.resolve("data");
    try (EmbeddedPostgres primary = start(data)) {
      folder.builder(primary.getPostgresDatabase()).build().migrate();
    }
    // A server that was shut down and finds this file replays what there is and stays a standby.
    Files.createFile(data.resolve("standby.signal"));
    try (EmbeddedPostgres standby = start(data)) {
      MigrationEngine engine = folder.builder(standby.getPostgresDatabase()).build();
      assertThat(engine.migrate().isUpToDate()).isTrue();
      assertThat(engine.status().migrations()).hasSize(1);
      assertThat(engine.validate().isValid()).isTrue();
      folder.script("02_b.sql", "create table b ();");
      assertThat(engine.plan().steps()).hasSize(1);
      assertThatThrownBy(engine::migrate).isInstanceOfSatisfying(MigrationException.class, e -> {
        assertThat(e.code()).isEqualTo(FailureCode.NOT_WRITABLE);
        assertThat(e).hasMessageContaining("standby");
        assertThat(e.advice()).contains("targetServerType=primary");
      });
    }
  }

  private static EmbeddedPostgres start(Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPGStartupWait(Duration.ofSeconds(60))
        .start();
  }
}
