package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in a location; its content is read once, when it is first asked for.
 *
 * <p>Thread-safe: while the engine connects, another thread reads ahead.
 */
final class Found {

  private final String path;
  private final String origin;
  private final ContentReader reader;
  private byte @Nullable [] content;

  /** Reads a file's bytes. */
  @FunctionalInterface
  interface ContentReader {

    byte[] read() throws IOException;
  }

  /**
   * A file.
   *
   * @param path its path within the location, the parts divided by {@code /}
   * @param origin where it really is, on disk or in a jar; ends with the path
   */
  Found(String path, String origin, ContentReader reader) {
    this.path = path;
    this.origin = origin;
    this.reader = reader;
  }

  String path() {
    return path;
  }

  String origin() {
    return origin;
  }

  /** What the path is relative to: two jars can both have files for one location. */
  String root() {
    return origin.substring(0, origin.length() - path.length());
  }

  String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The name of the folder that the file is in; empty for one that is not in a folder of the location. */
  String folderName() {
    int end = path.lastIndexOf('/');
    return end < 0 ? "" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /**
   * The bytes; not to be changed.
   *
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when the file cannot be read
   */
  synchronized byte[] content() {
    byte[] known = content;
    if (known == null) {
      try {
        known = reader.read();
      } catch (IOException e) {
        throw MigrationException.because(
                FailureCode.SCRIPT_UNREADABLE, origin + " cannot be read: " + e.getMessage())
            .done("nothing was run.", List.of())
            .cause(e)
            .build();
      }
      content = known;
    }
    return known;
  }
}
