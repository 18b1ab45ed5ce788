package dev.migrator.internal.backup;

import java.nio.file.Path;

/**
 * A program of PostgreSQL's.
 *
 * @param path where it is
 * @param version as it writes it: 15.18
 * @param major the version of servers that it was made for
 */
record Program(Path path, String version, int major) {

  /** Another program of the same installation. */
  Path beside(String name) {
    String file = path.getFileName().toString();
    String suffix = file.endsWith(".exe") ? ".exe" : "";
    return path.resolveSibling(name + suffix);
  }
}
