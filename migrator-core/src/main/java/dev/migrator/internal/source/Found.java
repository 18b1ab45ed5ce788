package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
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
  private boolean large;
  /** Of all bytes, when they were first read from beginning to end piece by piece. */
  private byte @Nullable [] digest;

  /** Reads a file's bytes. */
  interface ContentReader {

    /** All of them; {@code null} when they are more than a limit. */
    byte @Nullable [] read(int limit) throws IOException;

    /** The bytes from the beginning, for the caller to close. */
    InputStream open() throws IOException;
  }

  /** Above this many bytes a file is read piece by piece, as often as needed; below, it is held until the run ends. */
  static final int LARGE = 1 << 20;

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
    byte[] known = small();
    if (known == null) {
      try (InputStream in = open()) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return known;
  }

  /**
   * The bytes of a file that is not large; {@code null} of one that is.
   *
   * @throws MigrationException as {@link #content()}
   */
  synchronized byte @Nullable [] small() {
    if (content == null && !large) {
      try {
        content = reader.read(LARGE);
        large = content == null;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return content;
  }

  /**
   * The bytes from the beginning, for the caller to close. Whoever reads them to the end gets those that were read before:
   * what is checked is what runs.
   */
  InputStream open() throws IOException {
    return new WholeRead(reader.open(), this::requireSame);
  }

  private synchronized void requireSame(byte[] seen) throws IOException {
    if (digest == null) {
      digest = seen;
    } else if (!Arrays.equals(digest, seen)) {
      throw new IOException("it changed while it was read");
    }
  }

  MigrationException unreadable(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return MigrationException.because(
              FailureCode.INTERRUPTED, "interrupted while reading " + origin + ".")
          .done("nothing was run.", List.of())
          .advice("run again.")
          .cause(e)
          .build();
    }
    return MigrationException.because(
            FailureCode.SCRIPT_UNREADABLE, origin + " cannot be read: " + e.getMessage())
        .done("nothing was run.", List.of())
        .cause(e)
        .build();
  }
}
