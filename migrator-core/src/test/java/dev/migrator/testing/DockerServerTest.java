package dev.migrator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@RequiresDocker
class DockerServerTest {
  @Test
  void a_container_serves_databases() {
    PostgresServer server = DockerServer.start();

    assertThat(server.source()).isEqualTo(ServerSource.DOCKER);
    try (TestDatabase database = server.createDatabase()) {
      assertThat(database.value("SELECT current_database()")).isEqualTo(database.name());
      assertThat(database.value("SHOW max_prepared_transactions")).isEqualTo("10");
      assertThat(database.value("SHOW wal_level")).isEqualTo("logical");
    }
  }
}
