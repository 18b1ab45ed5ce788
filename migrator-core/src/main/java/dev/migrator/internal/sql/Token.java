package dev.migrator.internal.sql;

import java.util.Locale;

/**
 * One lexical element of a statement (PostgreSQL manual, 4.1).
 *
 * @param type what it is
 * @param text a word in upper case, a string or quoted identifier without its quotes, a symbol as it stands
 */
record Token(Type type, String text) {

  enum Type {
    WORD,
    QUOTED_IDENTIFIER,
    STRING,
    NUMBER,
    SYMBOL
  }

  static Token word(String text) {
    return new Token(Type.WORD, text.toUpperCase(Locale.ROOT));
  }

  boolean isWord(String upperCase) {
    return type == Type.WORD && text.equals(upperCase);
  }

  boolean isSymbol(char symbol) {
    return type == Type.SYMBOL && text.charAt(0) == symbol;
  }
}
