package dev.migrator.internal.sql;

import dev.migrator.internal.sql.Lexer.Element;

/**
 * The body of an SQL-standard function, {@code CREATE FUNCTION ... BEGIN ATOMIC ... END}: a semicolon in it ends a statement
 * of the body only. Each of them has one, so the END that counts is the one behind a semicolon, or behind ATOMIC when the
 * body is empty; any other belongs to a CASE or is a name.
 */
final class AtomicBody {

  private final ScriptBytes bytes;
  private final Lexer lexer;
  private boolean routine;
  private boolean afterBegin;
  private boolean open;
  private boolean beforeEnd;

  AtomicBody(ScriptBytes bytes, Lexer lexer) {
    this.bytes = bytes;
    this.lexer = lexer;
  }

  /** Whether the statement is within it now. */
  boolean isOpen() {
    return open;
  }

  /**
   * The statement goes on with what the lexer has just read.
   *
   * @param tokens its first ones, that one included
   * @param outside whether it stands outside parentheses
   */
  void next(Tokens tokens, Element element, boolean outside) {
    routine = tokens.size() > 4 ? routine : createsRoutine(tokens);
    if (routine && (element == Element.WORD || element == Element.SYMBOL)) {
      next(Token.upperCase(bytes.text(lexer.from(), lexer.to())), outside);
    } else {
      beforeEnd = false;
      afterBegin = false;
    }
  }

  private void next(String word, boolean outside) {
    if (outside && !open && afterBegin && word.equals("ATOMIC")) {
      open = true;
      beforeEnd = true;
    } else {
      open &= !(outside && beforeEnd && word.equals("END"));
      beforeEnd = outside && word.equals(";");
    }
    afterBegin = outside && word.equals("BEGIN");
  }

  /** The statement is over. */
  void endStatement() {
    routine = false;
    afterBegin = false;
    open = false;
    beforeEnd = false;
  }

  private static boolean createsRoutine(Tokens tokens) {
    if (!isWord(tokens, 0, "CREATE")) {
      return false;
    }
    int i = isWord(tokens, 1, "OR") && isWord(tokens, 2, "REPLACE") ? 3 : 1;
    return isWord(tokens, i, "FUNCTION") || isWord(tokens, i, "PROCEDURE");
  }

  private static boolean isWord(Tokens tokens, int index, String word) {
    return index < tokens.size() && tokens.get(index).isWord(word);
  }
}
