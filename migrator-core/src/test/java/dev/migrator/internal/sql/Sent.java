package dev.migrator.internal.sql;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What psql sent to the server in one Query message.
 *
 * @param query the message's text, byte for byte
 * @param copyData the CopyData that followed; {@code null} when the server did not ask for data
 */
record Sent(String query, @Nullable String copyData) {

  private static final String CURSOR = "DECLARE _psql_cursor NO SCROLL CURSOR FOR\n";

  private static final Pattern EMPTY_LINES = Pattern.compile("\n{2,}");

  private static final Pattern END_OF_DATA = Pattern.compile("(?<=\\n|\\A)\\\\\\.\\r?\\n?\\z");

  /**
   * The text without white space and comments before it. psql sends block comments that stand before a statement, and since
   * version 15 what follows them; where a statement begins is a question of ours, not of PostgreSQL's.
   */
  String statement() {
    // With FETCH_COUNT set, psql reads the rows of a query through a cursor.
    int at = query.startsWith(CURSOR) ? CURSOR.length() : 0;
    while (at < query.length()) {
      char c = query.charAt(at);
      if (isSpace(c)) {
        at++;
      } else if (query.startsWith("--", at)) {
        at = endOfLine(at);
      } else if (query.startsWith("/*", at)) {
        at = endOfComment(at);
      } else {
        break;
      }
    }
    return trimEnd(query.substring(at));
  }

  /**
   * Whether a statement is this text, with or without the semicolon that psql sends along. psql leaves out lines that are
   * empty and in no quotes, so empty lines do not count when nothing else differs.
   */
  boolean is(String text) {
    String squeezed = squeezed(text);
    return squeezed.equals(squeezed(statement())) || squeezed.equals(bare());
  }

  /** The statement without its semicolon and without empty lines. */
  String bare() {
    String statement = statement();
    return squeezed(
        statement.endsWith(";")
            ? trimEnd(statement.substring(0, statement.length() - 1))
            : statement);
  }

  static String squeezed(String text) {
    return text.contains("\n\n") ? EMPTY_LINES.matcher(text).replaceAll("\n") : text;
  }

  /**
   * The data without the line that ends them. psql up to 17 sends that line too, and the server drops it; a reader of the file
   * must know it in any case.
   */
  @Nullable
  String data() {
    return copyData == null ? null : END_OF_DATA.matcher(copyData).replaceFirst("");
  }

  /** Whether nothing is left for the server: psql sends comments alone, and a semicolon alone. */
  boolean isEmpty() {
    return is("");
  }

  static boolean isSpace(char c) {
    return " \t\n\r\f\u000B".indexOf(c) >= 0;
  }

  private static String trimEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private int endOfLine(int from) {
    int at = from;
    while (at < query.length() && query.charAt(at) != '\n' && query.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private int endOfComment(int from) {
    int depth = 0;
    int at = from;
    while (at < query.length()) {
      if (query.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (query.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }
}
