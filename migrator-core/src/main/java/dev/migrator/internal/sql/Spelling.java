package dev.migrator.internal.sql;

/** What a token's spelling means (PostgreSQL manual, 4.1.1 and 4.1.2). */
final class Spelling {
  private Spelling() {}

  /** The identifier that a token spells: folded without quotes, unescaped within them. */
  static String identifier(String text, Token token, char escape) {
    String raw = text.substring(token.start(), token.end());
    int open = raw.indexOf('"');
    if (open < 0) {
      return folded(raw);
    }
    StringBuilder name = new StringBuilder(raw.length());
    for (int i = open + 1; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '"') {
        i++;
        if (i >= raw.length() || raw.charAt(i) != '"') {
          break;
        }
      }
      name.append(c);
    }
    return open == 0 ? name.toString() : unescaped(name.toString(), escape);
  }

  /** Letters of ASCII only: that is what PostgreSQL folds in UTF-8. */
  static String folded(String word) {
    StringBuilder lower = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return lower.toString();
  }

  /** {@code \0041} and {@code \+000041}, with another character for the backslash if the script names one. */
  private static String unescaped(String name, char escape) {
    StringBuilder plain = new StringBuilder(name.length());
    int i = 0;
    while (i < name.length()) {
      char c = name.charAt(i);
      int digits = c != escape ? 0 : name.startsWith("+", i + 1) ? 6 : 4;
      int from = digits == 6 ? i + 2 : i + 1;
      int codePoint = digits == 0 ? -1 : hexadecimal(name, from, digits);
      if (Character.isValidCodePoint(codePoint)) {
        plain.appendCodePoint(codePoint);
        i = from + digits;
      } else {
        plain.append(c);
        i += c == escape && name.startsWith(String.valueOf(escape), i + 1) ? 2 : 1;
      }
    }
    return plain.toString();
  }

  private static int hexadecimal(String name, int from, int digits) {
    if (from + digits > name.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(name.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  /** The value of a string of one part without escapes; what has them stays as the script writes it. */
  static String string(String text, Token token) {
    String raw = text.substring(token.start(), token.end());
    boolean plain = raw.length() > 1 && raw.charAt(0) == '\'' && raw.endsWith("'");
    return plain ? raw.substring(1, raw.length() - 1).replace("''", "'") : token.text();
  }
}
