package dev.migrator.internal.sql;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The second reading of a script, for the sake of its COPY data: they come in the order of the script, so one stream serves
 * all of them. Opening the file for each would unpack a jar's entry from its beginning as often as it has blocks.
 */
final class SecondReading {

  private final ScriptContent content;
  private long last;
  private @Nullable InputStream in;
  private long at;

  SecondReading(ScriptContent content) {
    this.content = content;
  }

  /** There are data that begin at this offset; the last ones close the stream. */
  void expect(long offset) {
    last = offset;
  }

  /**
   * The stream at an offset. Whoever takes it gives it back with {@link #done} where it was read in order, else closes it.
   */
  InputStream at(long offset) throws IOException {
    InputStream open = in;
    in = null;
    if (open != null && at > offset) {
      open.close();
      open = null;
    }
    if (open == null) {
      open = content.open();
      at = 0;
    }
    try {
      open.skipNBytes(offset - at);
      return open;
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /** Data were read from one offset to another. */
  void done(InputStream read, long from, long to) throws IOException {
    if (from == last) {
      read.close();
    } else {
      in = read;
      at = to;
    }
  }
}
