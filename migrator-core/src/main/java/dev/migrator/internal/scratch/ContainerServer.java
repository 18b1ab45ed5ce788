package dev.migrator.internal.scratch;

import dev.migrator.config.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL in a container, its data in memory. Testcontainers removes it even when this process is killed. */
final class ContainerServer {

  private static final String USER = "postgres";

  private ContainerServer() {}

  /** Whether Docker answers. */
  static boolean canStart() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  // Lives until the server is stopped.
  @SuppressWarnings("resource")
  static RunningServer start(String image) {
    String password = Secrets.make();
    List<String> command = new ArrayList<>(List.of("postgres"));
    OwnSettings.settings()
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    PostgreSQLContainer<?> container;
    try {
      container = new PostgreSQLContainer<>(
          DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
      container
          .withUsername(USER)
          .withPassword(password)
          // Where the image keeps its data differs between 17 and 18; a place of our own does not.
          .withEnv("PGDATA", "/migrator/data")
          .withEnv("POSTGRES_INITDB_ARGS", "--locale=C.UTF-8")
          .withTmpFs(Map.of("/migrator", "rw"))
          .withCommand(command.toArray(String[]::new))
          .start();
    } catch (RuntimeException e) {
      throw ScratchFailures.notStarted("the container of " + image, e);
    }
    return new RunningServer(
        Connections.to(container.getJdbcUrl()).withUser(USER).withPassword(password),
        Sharing.OWN,
        RunningServer.Storage.MEMORY,
        OptionalInt.empty(),
        "a container of " + image,
        container::stop);
  }
}
