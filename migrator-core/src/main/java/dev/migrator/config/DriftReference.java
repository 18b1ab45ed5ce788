package dev.migrator.config;

import java.nio.file.Path;

/** What a database's schema is compared with. */
public sealed interface DriftReference {

  /** What the last run recorded. */
  record Recorded() implements DriftReference {}

  /**
   * What the applied migrations make of an empty database.
   *
   * @param server where they are replayed
   */
  record Replay(ThrowAwayServer server) implements DriftReference {}

  /**
   * A snapshot in a file, as {@code migrator snapshot} writes it.
   *
   * @param file the file
   */
  record SnapshotInFile(Path file) implements DriftReference {}

  /**
   * A script that describes the desired schema.
   *
   * @param script the script
   * @param server where it is run
   */
  record DesiredSchema(Path script, ThrowAwayServer server) implements DriftReference {}

  /**
   * Another database.
   *
   * @param connections how to connect to it
   */
  record OtherDatabase(Connections connections) implements DriftReference {}

  /** What the last run recorded. */
  static DriftReference recorded() {
    return new Recorded();
  }

  /** What the applied migrations make of an empty database on a throw-away server. */
  static DriftReference replay(ThrowAwayServer server) {
    return new Replay(server);
  }

  /** A snapshot in a file, as {@code migrator snapshot} writes it. */
  static DriftReference snapshot(Path file) {
    return new SnapshotInFile(file);
  }

  /** A script that describes the desired schema, run on a throw-away server. */
  static DriftReference desiredSchema(Path script, ThrowAwayServer server) {
    return new DesiredSchema(script, server);
  }

  /** Another database, for example of another environment. */
  static DriftReference database(Connections connections) {
    return new OtherDatabase(connections);
  }
}
