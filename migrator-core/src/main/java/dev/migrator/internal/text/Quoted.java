package dev.migrator.internal.text;

/** Where quoted texts end, as SQL, libpq and shells write them. By hand, because an expression would recurse on long ones. */
final class Quoted {

  private Quoted() {}

  /** Whether a quoted text begins at a place, a prefix of SQL's before it. */
  static boolean beginsAt(String text, int at) {
    int quote = quote(text, at);
    return quote < text.length()
        && (text.charAt(quote) == '\''
            || quote == at && (text.charAt(quote) == '"' || dollarEnd(text, at) > 0));
  }

  /**
   * The end of the quoted text that begins at a place, its last quote included; the text's end when it has none: it may have
   * been cut off.
   */
  static int end(String text, int at) {
    int quote = quote(text, at);
    char mark = text.charAt(quote);
    if (mark == '$') {
      int tag = dollarEnd(text, at);
      int close = text.indexOf(text.substring(at, tag), tag);
      return close < 0 ? text.length() : close + tag - at;
    }
    int marks = mark == '\'' ? marks(text, quote) : 1;
    int escaped = end(text, quote, mark, marks, true);
    if (quote != at) {
      return escaped;
    }
    // Nobody knows here what a backslash means; the longer of the two, unless it is endless.
    int literal = end(text, quote, mark, marks, false);
    return escaped == text.length() ? literal : Math.max(escaped, literal);
  }

  private static int endOfPlain(String text, int from, char mark, boolean escapes) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && escapes) {
        i++;
      } else if (c == mark) {
        if (i + 1 < text.length() && text.charAt(i + 1) == mark) {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    return text.length();
  }

  private static int end(String text, int quote, char mark, int marks, boolean escapes) {
    return marks == 1
        ? endOfPlain(text, quote + 1, mark, escapes)
        : endOfNested(text, quote + marks, marks, escapes);
  }

  /**
   * With how many quotes a literal begins: a literal within a literal has each of its quotes twice, and one within that four
   * times. An empty literal begins with one.
   */
  private static int marks(String text, int quote) {
    int run = run(text, quote);
    int marks = Integer.lowestOneBit(run);
    int behind = quote + run;
    return behind < text.length() && !isDelimiter(text.charAt(behind)) ? marks : 1;
  }

  private static int endOfNested(String text, int from, int marks, boolean escapes) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && escapes) {
        // Before them it makes a quote of the literal itself.
        i += run(text, i + 1) >= marks ? marks : 1;
      } else if (c == '\'') {
        int run = run(text, i);
        int inner = run - run % (2 * marks);
        if (run - inner >= marks) {
          return i + inner + marks;
        }
        i += run - 1;
      }
    }
    return text.length();
  }

  private static int run(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) == '\'') {
      end++;
    }
    return end - from;
  }

  static boolean isDelimiter(char c) {
    return Character.isWhitespace(c) || ",;)&}]\"".indexOf(c) >= 0;
  }

  /** Behind {@code E}, {@code N} and {@code U&}. */
  private static int quote(String text, int at) {
    if (at + 1 < text.length()
        && "eEnN".indexOf(text.charAt(at)) >= 0
        && text.charAt(at + 1) == '\'') {
      return at + 1;
    }
    return at + 2 < text.length()
            && "uU".indexOf(text.charAt(at)) >= 0
            && text.startsWith("&'", at + 1)
        ? at + 2
        : at;
  }

  /** The end of the mark that begins a text between dollars; 0 when there is none. */
  private static int dollarEnd(String text, int at) {
    if (text.charAt(at) != '$') {
      return 0;
    }
    int end = at + 1;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end < text.length()
            && text.charAt(end) == '$'
            && (end == at + 1 || !Character.isDigit(text.charAt(at + 1)))
        ? end + 1
        : 0;
  }
}
