package dev.migrator.internal.scratch;

import dev.migrator.config.Connections;
import java.util.OptionalInt;

/**
 * A server that can be reached now.
 *
 * @param connections a database of it, which nobody copies or drops, and a role that may create others
 * @param sharing whether others use it
 * @param storage where its files are
 * @param wanted the major version that was asked for; empty for any
 * @param title what it is, for messages
 * @param stop ends it, if it was started for this; throws what is wrong
 */
record RunningServer(
    Connections connections,
    Sharing sharing,
    Storage storage,
    OptionalInt wanted,
    String title,
    Runnable stop) {

  /** Where a server's files are, which decides how databases are copied fastest. */
  enum Storage {
    MEMORY,
    DISK
  }

  static RunningServer given(Connections connections) {
    return new RunningServer(
        connections,
        Sharing.SHARED,
        Storage.DISK,
        OptionalInt.empty(),
        "the given server " + connections.address(),
        () -> {});
  }
}
