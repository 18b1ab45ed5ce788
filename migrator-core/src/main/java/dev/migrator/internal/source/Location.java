package dev.migrator.internal.source;

import java.util.List;

/** A place that holds scripts. */
interface Location {

  /** A file in a location. {@code path} is relative to the location, its parts divided by {@code /}. */
  record Found(String path, String origin, ContentReader content) {

    String fileName() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** Reads a file's bytes when they are wanted. */
  @FunctionalInterface
  interface ContentReader {

    byte[] read() throws java.io.IOException;
  }

  /**
   * The SQL files, in no particular order.
   *
   * @param recursive whether folders within are searched too
   * @throws dev.migrator.migration.MigrationException {@code LOCATION_NOT_FOUND} when the place does not exist or cannot
   *     be read
   */
  List<Found> files(boolean recursive);

  /** The location as it was configured. */
  String description();

  /** Whether a file counts: in capitals too, so that a misnamed script is told of rather than passed over. */
  static boolean isScript(String fileName) {
    return fileName.regionMatches(true, fileName.length() - 4, ".sql", 0, 4);
  }
}
