package dev.migrator.internal.sql;

/** White space and comments, which are no tokens. */
final class Blank {
  private Blank() {}

  /** Whether a text holds nothing else from an offset on. */
  static boolean isFrom(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (text.startsWith("--", at)) {
        at = endOfLine(text, at);
      } else if (text.startsWith("/*", at)) {
        at = endOfComment(text, at);
      } else if (" \t\n\r\f\u000B".indexOf(text.charAt(at)) >= 0) {
        at++;
      } else {
        return false;
      }
    }
    return true;
  }

  private static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int endOfComment(String text, int from) {
    int depth = 0;
    int at = from;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
    return at;
  }
}
