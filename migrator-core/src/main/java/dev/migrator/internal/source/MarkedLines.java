package dev.migrator.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The lines of a file that are meant for a tool which divides files into sections. */
final class MarkedLines {

  /** No marker is longer, with whatever options. */
  private static final int LONGEST = 200;

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

  /** A marker that begins a section. */
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
        if (i >= 7 && content[i - 7] == 'm' && content[i - 1] == 'e') {
          return true;
        }
      } else if (c == '+' && i + 1 < content.length) {
        if (content[i + 1] == 'g' || content[i + 1] == 'm') {
          return true;
        }
      }
    }
    return false;
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
        if (text.contains("migrate:") || text.contains("+goose") || text.contains("+migrate")) {
          lines.add(new MarkedLine(number, start, next, text));
        }
      }
      start = next;
      number++;
    }
    return lines;
  }

  /**
   * The markers of all tools that begin a section.
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
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          add(lines, line, length, number++);
          length = 0;
        } else if (length < LONGEST) {
          line[length++] = buffer[i];
        }
      }
    }
    add(lines, line, length, number);
    return lines;
  }

  private static void add(List<MarkedLine> lines, byte[] line, int length, int number) {
    if (isComment(line, 0, length)) {
      for (MarkedLine found : of(Arrays.copyOf(line, length))) {
        lines.add(new MarkedLine(number, 0, 0, found.text()));
      }
    }
  }

  private static List<Marker> markers(List<MarkedLine> lines) {
    List<Marker> markers = new ArrayList<>();
    for (MarkedLine line : lines) {
      for (SectionDialect dialect : SectionDialect.values()) {
        SectionDialect.Mark mark = dialect.read(line.text());
        if (mark != null && mark.beginsSection()) {
          markers.add(new Marker(dialect, line, mark));
        }
      }
    }
    return markers;
  }

  private static boolean isComment(byte[] content, int start, int end) {
    int i = start;
    while (i < end && (content[i] == ' ' || content[i] == '\t')) {
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
