package dev.migrator.testing;

/** Where the server of the tests comes from. */
public enum ServerSource {
  /** A server that runs already, named by {@code -Dmigrator.test.url}. */
  CONFIGURED,
  /** A container that Testcontainers starts. */
  DOCKER,
  /** Binaries from the class path. */
  EMBEDDED
}
