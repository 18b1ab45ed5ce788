package dev.migrator.internal.sql;

import dev.migrator.migration.SourcePosition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a script, exactly as the file writes it, without its final semicolon.
 *
 * @param text the text; it begins with the first character that is neither white space nor comment
 * @param position where the text begins
 * @param kind what it is to the engine
 * @param touchesSession whether it may change what outlives its transaction: settings, role, temporary objects
 * @param settings the names of the settings that its text sets, in lower case
 * @param refusal why the engine does not run it; {@code null} for nearly every statement
 * @param copyData the lines that follow a {@code COPY ... FROM STDIN}; {@code null} for any other statement
 */
public record Statement(
    String text,
    SourcePosition position,
    StatementKind kind,
    boolean touchesSession,
    Set<String> settings,
    @Nullable String refusal,
    @Nullable String copyData) {

  private static final int EXCERPT = 160;

  /** Whether PostgreSQL runs it inside a transaction block. */
  public boolean runsInTransaction() {
    return kind != StatementKind.NON_TRANSACTIONAL;
  }

  /**
   * The place in the script that the server means by a position in this statement.
   *
   * @param character counted from 1 in characters, as the server counts; 0 when it named none, which means the beginning
   */
  public SourcePosition at(int character) {
    int line = position.line();
    int column = position.column();
    int offset = 0;
    for (int i = 1; i < character && offset < text.length(); i++) {
      int codePoint = text.codePointAt(offset);
      offset += Character.charCount(codePoint);
      boolean endsLine = codePoint == '\n'
          || (codePoint == '\r' && (offset >= text.length() || text.charAt(offset) != '\n'));
      line += endsLine ? 1 : 0;
      column = endsLine ? 1 : column + 1;
    }
    return new SourcePosition(position.script(), line, column);
  }

  /**
   * The line of the statement that holds a position, with a caret under it.
   *
   * @param character as in {@link #at}
   */
  public String excerpt(int character) {
    int offset = character < 1
        ? 0
        : text.offsetByCodePoints(
            0, Math.min(character - 1, text.codePointCount(0, text.length())));
    int start = text.lastIndexOf('\n', offset - 1) + 1;
    int end = text.indexOf('\n', offset);
    String line = (end < 0 ? text.substring(start) : text.substring(start, end)).stripTrailing();
    String caret =
        line.substring(0, Math.min(offset - start, line.length())).replaceAll("[^\t]", " ") + "^";
    return line.length() <= EXCERPT ? line + "\n" + caret : shortened(line, offset - start);
  }

  private static String shortened(String line, int at) {
    int from = Math.max(0, Math.min(at, line.length()) - EXCERPT / 2);
    int to = Math.min(line.length(), from + EXCERPT);
    return line.substring(from, to).replace('\t', ' ') + "\n" + " ".repeat(Math.max(0, at - from))
        + "^";
  }
}
