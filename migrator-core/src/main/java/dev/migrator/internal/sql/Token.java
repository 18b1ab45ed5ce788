package dev.migrator.internal.sql;

/**
 * One lexical element of a statement (PostgreSQL manual, 4.1). Comments and white space are none.
 *
 * @param type what it is
 * @param text a word in upper case; a string or quoted identifier without its quotes, otherwise as the script writes it; an
 *     operator, a number, a parameter or a symbol as it stands
 * @param start where it begins in the statement's text, in UTF-16 units from 0
 * @param end where it ends there, exclusive
 */
record Token(Type type, String text, int start, int end) {

  enum Type {
    /** A key word or an identifier without quotes. */
    WORD,
    /** An identifier in double quotes; {@code U&"..."} keeps its escapes. */
    QUOTED_IDENTIFIER,
    /** A string of any form: {@code '..'}, {@code E'..'}, {@code B'..'}, {@code U&'..'}, {@code $tag$..$tag$}. */
    STRING,
    NUMBER,
    /** {@code $1}. */
    PARAMETER,
    /** One or more of the characters of which operators are made, taken together by the manual's rules (4.1.3). */
    OPERATOR,
    /** A character that stands for itself: parenthesis, bracket, comma, period, colon, semicolon, or one that is no SQL. */
    SYMBOL
  }

  static Token word(String text, int start, int end) {
    return new Token(Type.WORD, upperCase(text), start, end);
  }

  /** Of the letters of ASCII only, as PostgreSQL compares key words; other alphabets have their own ideas of case. */
  static String upperCase(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] >= 'a' && letters[i] <= 'z') {
        letters[i] = (char) (letters[i] - 'a' + 'A');
      }
    }
    return new String(letters);
  }

  /** The name that it stands for, as PostgreSQL stores it. */
  String identifier() {
    return type == Type.WORD ? Spelling.folded(text) : text;
  }

  boolean isWord(String upperCase) {
    return type == Type.WORD && text.equals(upperCase);
  }

  /** Whether it is this one character, as a symbol or as an operator. */
  boolean isSymbol(char symbol) {
    return (type == Type.SYMBOL || type == Type.OPERATOR)
        && text.length() == 1
        && text.charAt(0) == symbol;
  }
}
