package dev.migrator.testing;

import org.testcontainers.DockerClientFactory;

/** Whether containers can be started here; asked once, as the answer takes up to a second. */
final class Docker {
  private static final class Answer {
    static final boolean AVAILABLE = DockerClientFactory.instance().isDockerAvailable();
  }

  private Docker() {}

  static boolean answers() {
    return Answer.AVAILABLE;
  }
}
