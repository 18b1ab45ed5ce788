package dev.migrator.internal.sql;

import dev.migrator.migration.SourcePosition;
import java.util.List;
import java.util.Optional;

/** Finds the lines of function bodies, as PL/pgSQL counts them: the line on which the body's quote opens is the first. */
public final class BodyLines {

  private static final String INLINE = "inline_code_block";

  private BodyLines() {}

  /**
   * A line of code.
   *
   * @param position its first character that is no white space
   * @param excerpt the line, with a caret under that character
   */
  public record Place(SourcePosition position, String excerpt) {}

  /**
   * Finds a line.
   *
   * @param statements those that were run, in order; the last one is the one that failed
   * @param function the function's name as the server writes it, or {@code inline_code_block} for the DO that failed
   * @param line counted from 1
   */
  public static Optional<Place> find(List<Statement> statements, String function, int line) {
    if (statements.isEmpty()) {
      return Optional.empty();
    }
    if (function.equals(INLINE)) {
      Statement last = statements.get(statements.size() - 1);
      List<Token> tokens = Tokens.of(last.text(), last.standardStrings());
      return !tokens.isEmpty() && tokens.get(0).isWord("DO")
          ? place(last, tokens, line)
          : Optional.empty();
    }
    Optional<Place> found = Optional.empty();
    int creations = 0;
    for (Statement statement : statements) {
      if (statement.text().regionMatches(true, 0, "CREATE", 0, 6)) {
        List<Token> tokens = Tokens.of(statement.text(), statement.standardStrings());
        if (creates(tokens, function)) {
          creations++;
          found = place(statement, tokens, line);
        }
      }
    }
    // Of several with one name, by schema or by arguments, which one it was is not known.
    return creations == 1 ? found : Optional.empty();
  }

  private static boolean creates(List<Token> tokens, String function) {
    int i = 1;
    if (isWord(tokens, i, "OR") && isWord(tokens, i + 1, "REPLACE")) {
      i += 2;
    }
    if (!isWord(tokens, i, "FUNCTION") && !isWord(tokens, i, "PROCEDURE")) {
      return false;
    }
    i++;
    while (i + 2 < tokens.size() && tokens.get(i + 1).isSymbol('.')) {
      i += 2;
    }
    return i < tokens.size() && tokens.get(i).identifier().equals(lastPart(function));
  }

  /** The server writes a schema before the name when it is not in the path, and quotes where it must. */
  private static String lastPart(String function) {
    String last = function;
    int dot = function.lastIndexOf('.');
    if (dot >= 0 && function.indexOf('"', dot) < 0) {
      last = function.substring(dot + 1);
    }
    return last.startsWith("\"") && last.endsWith("\"") && last.length() > 1
        ? last.substring(1, last.length() - 1).replace("\"\"", "\"")
        : last;
  }

  private static Optional<Place> place(Statement statement, List<Token> tokens, int line) {
    for (Token token : tokens) {
      if (token.type() == Token.Type.STRING
          && (previousIs(tokens, token, "AS")
              || isWord(tokens, 0, "DO") && !previousIs(tokens, token, "LANGUAGE"))) {
        return line(statement, token, line);
      }
    }
    return Optional.empty();
  }

  private static boolean previousIs(List<Token> tokens, Token token, String word) {
    int i = tokens.indexOf(token);
    return i > 0 && tokens.get(i - 1).isWord(word);
  }

  private static Optional<Place> line(Statement statement, Token body, int line) {
    String text = statement.text();
    int at = body.start();
    for (int i = 1; i < line; i++) {
      int end = text.indexOf('\n', at);
      if (end < 0 || end >= body.end()) {
        return Optional.empty();
      }
      at = end + 1;
    }
    while (at < body.end() && Lexer.isSpace(text.charAt(at)) && text.charAt(at) != '\n') {
      at++;
    }
    return Optional.of(
        new Place(Statement.place(text, statement.position(), at), statement.excerptAt(at)));
  }

  private static boolean isWord(List<Token> tokens, int index, String word) {
    return index < tokens.size() && tokens.get(index).isWord(word);
  }
}
