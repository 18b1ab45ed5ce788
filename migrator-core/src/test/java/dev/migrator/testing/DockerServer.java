package dev.migrator.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Starts PostgreSQL in a container, which Testcontainers removes when the JVM ends, however it ends. */
final class DockerServer {
  private static final String DEFAULT_IMAGE = "postgres:17";

  private DockerServer() {}

  // Lives as long as the JVM.
  @SuppressWarnings("resource")
  static PostgresServer start() {
    if (!Docker.answers()) {
      throw new IllegalStateException(
          "migrator.test.server=docker, but Docker does not answer: start it, or leave the property out");
    }
    PostgreSQLContainer<?> container = new PostgreSQLContainer<>(
        DockerImageName.parse(image()).asCompatibleSubstituteFor("postgres"));
    List<String> command = new ArrayList<>(List.of("postgres"));
    ServerSettings.settings()
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    container
        .withUsername("postgres")
        .withPassword("postgres")
        // Where the image keeps its data differs between 17 and 18; a place of our own does not.
        .withEnv("PGDATA", "/migrator/data")
        .withTmpFs(Map.of("/migrator", "rw"))
        .withCommand(command.toArray(String[]::new))
        .start();
    return new PostgresServer(
        ServerSource.DOCKER,
        container.getJdbcUrl(),
        container.getUsername(),
        container.getPassword());
  }

  static String image() {
    return System.getProperty("migrator.test.image", DEFAULT_IMAGE);
  }
}
