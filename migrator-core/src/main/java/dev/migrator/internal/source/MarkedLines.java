package dev.migrator.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a file that are meant for a tool which divides files into sections. */
final class MarkedLines {

  /** No marker is longer, with whatever options. */
  private static final int LONGEST = 200;

  private static final Pattern WORDS =
      Pattern.compile("migrate:|\\+goose|\\+migrate", Pattern.CASE_INSENSITIVE);

  private MarkedLines() {}

  /**
   * One such line.
   *
   * @param number its number, from 1
   * @param start its first byte
   * @param next the first byte of the line after it
   * @param text what it says
   */
  record MarkedLine(int number, int start, int next, String text) {}

  /** A line that a tool claims. */
  record Marker(SectionDialect dialect, MarkedLine line, SectionDialect.Mark mark) {}

  /** Every line of the file that is a comment and holds one of the tools' words. */
  static List<MarkedLine> of(byte[] content) {
    return mayHoldAny(content) ? linesOf(content) : List.of();
  }

  /** Every script is looked at, at every start, and nearly none has a marker: so first for what all of them hold. */
  private static boolean mayHoldAny(byte[] content) {
    for (int i = 0; i < content.length; i++) {
      byte c = content[i];
      if (c == ':') {
        if (i >= 7 && isLetter(content[i - 7], 'm') && isLetter(content[i - 1], 'e')) {
          return true;
        }
      } else if (c == '+' && i + 1 < content.length) {
        if (isLetter(content[i + 1], 'g') || isLetter(content[i + 1], 'm')) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isLetter(byte c, char letter) {
    return (c | 0x20) == letter;
  }

  private static List<MarkedLine> linesOf(byte[] content) {
    List<MarkedLine> lines = new ArrayList<>();
    int number = 1;
    int start = Utf8Text.start(content);
    while (start < content.length) {
      int end = endOfLine(content, start);
      int next = nextLine(content, end);
      if (isComment(content, start, end)) {
        String text = new String(content, start, end - start, StandardCharsets.UTF_8);
        if (WORDS.matcher(text).find()) {
          lines.add(new MarkedLine(number, start, next, text));
        }
      }
      start = next;
      number++;
    }
    return lines;
  }

  /**
   * Every line that a tool claims, understood or not: whether the file has sections is decided by these, and a misspelt
   * marker that counted for nothing would let all of the file run.
   *
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_UNREADABLE} when the file cannot be read
   */
  static List<Marker> markers(Found file) {
    byte[] content = file.small();
    if (content != null) {
      return markers(of(content));
    }
    try (InputStream in = file.open()) {
      return markers(of(in));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** Those of a file that is too large to be held: of each line the beginning is looked at, and no place is known. */
  private static List<MarkedLine> of(InputStream in) throws IOException {
    List<MarkedLine> lines = new ArrayList<>();
    byte[] buffer = new byte[1 << 16];
    byte[] line = new byte[LONGEST];
    int length = 0;
    int number = 1;
    byte before = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      for (int i = 0; i < read; i++) {
        byte c = buffer[i];
        if (c == '\n' || c == '\r') {
          if (c == '\r' || before != '\r') {
            add(lines, line, length, number++);
          }
          length = 0;
        } else if (length < LONGEST && !(length == 1 && isBlank(line[0]) && isBlank(c))) {
          line[length++] = c;
        }
        before = c;
      }
    }
    add(lines, line, length, number);
    return lines;
  }

  private static void add(List<MarkedLine> lines, byte[] line, int length, int number) {
    int start = number == 1 ? Utf8Text.start(Arrays.copyOf(line, length)) : 0;
    if (isComment(line, start, length)) {
      for (MarkedLine found : of(Arrays.copyOfRange(line, start, length))) {
        lines.add(new MarkedLine(number, 0, 0, found.text()));
      }
    }
  }

  private static List<Marker> markers(List<MarkedLine> lines) {
    List<Marker> markers = new ArrayList<>();
    for (MarkedLine line : lines) {
      for (SectionDialect dialect : SectionDialect.values()) {
        SectionDialect.Mark mark = dialect.read(line.text());
        if (mark != null) {
          markers.add(new Marker(dialect, line, mark));
        }
      }
    }
    return markers;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\f' || c == 0x0B;
  }

  private static boolean isComment(byte[] content, int start, int end) {
    int i = start;
    while (i < end && isBlank(content[i])) {
      i++;
    }
    return i + 1 < end && content[i] == '-' && content[i + 1] == '-';
  }

  /** The byte that ends the line; PostgreSQL ends one at a carriage return too. */
  private static int endOfLine(byte[] content, int from) {
    int i = from;
    while (i < content.length && content[i] != '\n' && content[i] != '\r') {
      i++;
    }
    return i;
  }

  private static int nextLine(byte[] content, int end) {
    boolean two = end + 1 < content.length && content[end] == '\r' && content[end + 1] == '\n';
    return Math.min(two ? end + 2 : end + 1, content.length);
  }
}
