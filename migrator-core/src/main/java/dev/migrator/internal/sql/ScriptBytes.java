package dev.migrator.internal.sql;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The part of a script that is being read: a window on its bytes that begins where the last {@link #discard} ended and
 * grows as far as somebody looks. Everything that the lexer knows is ASCII, and to PostgreSQL every byte beyond is part of
 * an identifier; so nothing needs to be decoded before a statement is complete.
 *
 * <p>All of it is checked: bytes that are no UTF-8 and NUL are refused with their offset in the file.
 */
final class ScriptBytes {

  /** What {@link #at} answers beyond the last byte. */
  static final int END = -1;

  private static final int CHUNK = 1 << 13;

  /** The next larger buffer would be more than an array can hold. */
  private static final int MOST = 1 << 29;

  private final String script;
  private final InputStream in;
  private final Utf8Check check;
  private byte[] buffer = new byte[CHUNK];
  /** The buffer's index of the window's first byte. */
  private int base;
  /** The buffer's index behind the last byte that was read. */
  private int limit;

  private boolean ended;
  /** The file's offset of the window's first byte. */
  private long offset;

  // Lines are counted as far as positions were asked for, so that the whole script is walked once.
  private int counted;
  private int line;
  private int column = 1;

  /**
   * A window at the beginning of a script, behind its byte order mark.
   *
   * @param script its name, for messages
   * @param firstLine the number of its first line
   */
  ScriptBytes(String script, InputStream in, int firstLine) {
    this.script = script;
    this.in = in;
    this.line = firstLine;
    this.check = new Utf8Check(script);
    if (at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF) {
      base = 3;
      offset = 3;
    }
  }

  /** A window on a text that is known to be UTF-8. */
  static ScriptBytes of(String text) {
    return new ScriptBytes("", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1);
  }

  /** The byte at a place of the window, from 0 to 255, or {@link #END}. */
  int at(int index) {
    return base + index < limit || reaches(index) ? buffer[base + index] & 0xFF : END;
  }

  /** Whether a text of ASCII characters stands at a place. */
  boolean startsWith(String ascii, int index) {
    for (int i = 0; i < ascii.length(); i++) {
      if (at(index + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where bytes that stand at one place come next, or -1. */
  int indexOf(int from, int to, int start) {
    int first = at(from);
    for (int i = start; at(i) != END; i++) {
      if (at(i) == first && sameBytes(from, to, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean sameBytes(int from, int to, int there) {
    for (int i = 1; i < to - from; i++) {
      if (at(there + i) != at(from + i)) {
        return false;
      }
    }
    return true;
  }

  String text(int from, int to) {
    return new String(buffer, base + from, to - from, StandardCharsets.UTF_8);
  }

  /** The line feed or carriage return that ends the line, or the end of the script. */
  int endOfLine(int from) {
    int i = from;
    for (int c = at(i); c != '\n' && c != '\r' && c != END; c = at(i)) {
      i++;
    }
    return i;
  }

  /** Where the next line begins. */
  int nextLine(int from) {
    int end = endOfLine(from);
    if (at(end) == '\r' && at(end + 1) == '\n') {
      return end + 2;
    }
    return at(end) == END ? end : end + 1;
  }

  /** The offset in the file of a place. */
  long offset(int index) {
    return offset + index;
  }

  /** Feeds bytes to a digest. */
  void digest(MessageDigest digest, int from, int to) {
    digest.update(buffer, base + from, to - from);
  }

  /** Lets the window begin later; what is before is forgotten. */
  void discard(int count) {
    count(count);
    base += count;
    offset += count;
    counted -= count;
  }

  /** The place in the script; asked for in ascending order. */
  SourcePosition position(int index) {
    count(index);
    return new SourcePosition(script, line, column);
  }

  private void count(int index) {
    while (counted < index) {
      int c = at(counted);
      counted++;
      if (c == '\n' || c == '\r' && at(counted) != '\n') {
        line++;
        column = 1;
      } else if ((c & 0xC0) != 0x80) {
        column++;
      }
    }
  }

  private boolean reaches(int index) {
    while (base + index >= limit && !ended) {
      if (limit == buffer.length) {
        makeRoom();
      }
      try {
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
          ended = true;
          check.end();
        } else {
          check.accept(buffer, limit, limit + read);
          limit += read;
        }
      } catch (IOException e) {
        throw MigrationException.because(
                FailureCode.SCRIPT_UNREADABLE, script + " cannot be read: " + e.getMessage())
            .done("nothing was run.", List.of())
            .cause(e)
            .build();
      }
    }
    return base + index < limit;
  }

  private void makeRoom() {
    int size = limit - base;
    if (size > MOST) {
      throw MigrationException.because(
              FailureCode.SCRIPT_UNREADABLE,
              "a statement that begins before this place has more than " + (MOST >> 20) + " MB.")
          .at(new SourcePosition(script, line, column))
          .done("nothing was run.", List.of())
          .advice("divide it; PostgreSQL takes no statement above 1 GB.")
          .build();
    }
    byte[] target =
        size > buffer.length / 2 ? new byte[Math.multiplyExact(buffer.length, 2)] : buffer;
    System.arraycopy(buffer, base, target, 0, size);
    buffer = target;
    base = 0;
    limit = size;
  }
}
