package dev.migrator.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rows under headings, in columns as wide as their longest cell. */
final class TextTable {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    this.headings = List.of(headings);
  }

  TextTable row(String... cells) {
    rows.add(Stream.of(cells).map(TextTable::printable).toList());
    return this;
  }

  /** Every line ends with a newline. */
  String text() {
    int[] widths = new int[headings.size()];
    widen(widths, headings);
    rows.forEach(row -> widen(widths, row));
    StringBuilder text = new StringBuilder();
    line(text, widths, headings);
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    line(text, widths, rule);
    rows.forEach(row -> line(text, widths, row));
    return text.toString();
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(cells.get(i)));
    }
  }

  private static void line(StringBuilder text, int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append("  ").append(cells.get(i)).append(" ".repeat(widths[i] - width(cells.get(i))));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  /** A file's name may hold anything, also what moves the cursor. */
  private static String printable(String cell) {
    return CONTROL.matcher(cell).replaceAll("?");
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
