package dev.migrator.internal.backup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The settings with which a dump in plain text begins, some of which an older server does not know. */
final class DumpHeader {

  private static final String SINCE_17 = "SET transaction_timeout = 0;";

  private DumpHeader() {}

  /**
   * Passes a dump on to a server, without what it does not know.
   *
   * @param server its major version
   */
  static void pass(InputStream dump, OutputStream out, int server) throws IOException {
    InputStream rest = dump;
    if (server < 17) {
      rest = new BufferedInputStream(dump);
      String line;
      do {
        byte[] bytes = line(rest);
        line = new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing();
        if (!line.equals(SINCE_17)) {
          out.write(bytes);
        }
        if (bytes.length == 0) {
          break;
        }
      } while (isOfHeader(line));
    }
    rest.transferTo(out);
  }

  private static boolean isOfHeader(String line) {
    return line.isEmpty()
        || line.startsWith("--")
        || line.startsWith("\\restrict ")
        || line.startsWith("SET ");
  }

  /** A line with its end; nothing behind the last one. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    do {
      next = in.read();
      if (next >= 0) {
        line.write(next);
      }
    } while (next >= 0 && next != '\n');
    return line.toByteArray();
  }
}
