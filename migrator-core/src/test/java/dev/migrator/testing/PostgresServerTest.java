package dev.migrator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

class PostgresServerTest {
  private final PostgresServer server = PostgresServer.shared();

  @Test
  void there_is_one_server_for_all_tests() {
    assertThat(PostgresServer.shared()).isSameAs(server);
  }

  /** A matrix that runs the same version five times is worse than none. */
  @Test
  void the_server_is_the_version_that_the_build_promised() {
    switch (server.source()) {
      case EMBEDDED ->
        assertThat(System.getProperty("migrator.test.embedded")).isEqualTo(server.version() + ".0");
      case DOCKER ->
        assertThat(DockerImageName.parse(DockerServer.image()).getVersionPart())
            .startsWith(Integer.toString(server.version().major()));
      case CONFIGURED -> assertThat(server.version().major()).isGreaterThanOrEqualTo(14);
    }
  }

  @Test
  void a_version_has_a_major_part() {
    assertThat(new ServerVersion(170011).major()).isEqualTo(17);
    assertThat(new ServerVersion(170011)).hasToString("17.11");
  }
}
