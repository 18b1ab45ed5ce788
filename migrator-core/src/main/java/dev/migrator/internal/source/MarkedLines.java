package dev.migrator.internal.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a file that are meant for a tool which divides files into sections. */
final class MarkedLines {

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

  /** The markers of all tools that begin a section. */
  static List<Marker> markers(byte[] content) {
    List<Marker> markers = new ArrayList<>();
    for (MarkedLine line : of(content)) {
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
