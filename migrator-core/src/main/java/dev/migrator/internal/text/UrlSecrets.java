package dev.migrator.internal.text;

/**
 * Passwords within URLs: {@code scheme://user:secret@host}. A secret that is not encoded may hold anything, so everything up to
 * the last @ counts as one.
 */
final class UrlSecrets {

  private static final String MARK = "://";

  /** No password is longer; without a bound a long text would be looked at again for each of its URLs. */
  private static final int LONGEST = 4_096;

  private UrlSecrets() {}

  static void find(String text, Spans spans) {
    for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + MARK.length())) {
      int scheme = at;
      while (scheme > 0 && at - scheme < LONGEST && isScheme(text.charAt(scheme - 1))) {
        scheme--;
      }
      if (scheme < at) {
        find(text, scheme, at + MARK.length(), spans);
      }
    }
  }

  private static void find(String text, int scheme, int authority, Spans spans) {
    char before = scheme == 0 ? ' ' : text.charAt(scheme - 1);
    int colon = authority;
    while (colon < text.length() && isUser(text.charAt(colon))) {
      colon++;
    }
    if (colon >= text.length() || text.charAt(colon) != ':') {
      return;
    }
    int end = "'\"`".indexOf(before) >= 0
        ? endOfQuoted(text, authority, before)
        : endOfWord(text, authority);
    int at = lastAt(text, colon, end);
    boolean perhapsMore = at <= colon
        ? text.charAt(authority) != '[' && !isPort(text, colon + 1)
        : !isHost(text, at + 1);
    if (perhapsMore) {
      // Perhaps a blank is part of it, or a quote.
      at = lastAt(text, colon, endOfLine(text, end));
    }
    if (at > colon) {
      spans.hide(colon + 1, at, Redaction.HIDDEN);
    }
  }

  private static int lastAt(String text, int colon, int end) {
    int at = end - 1;
    while (at > colon && text.charAt(at) != '@') {
      at--;
    }
    return at;
  }

  private static boolean isScheme(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "+.-:".indexOf(c) >= 0);
  }

  private static boolean isUser(char c) {
    return !Character.isWhitespace(c) && ":/@?'\"".indexOf(c) < 0;
  }

  private static int endOfQuoted(String text, int from, char quote) {
    int last = Math.min(text.length(), from + LONGEST);
    for (int end = from; end < last; end++) {
      if (text.charAt(end) == quote) {
        if (end + 1 >= last || text.charAt(end + 1) != quote) {
          return end;
        }
        end++;
      }
    }
    return last;
  }

  private static int endOfWord(String text, int from) {
    int last = Math.min(text.length(), from + LONGEST);
    int end = from;
    while (end < last && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int endOfLine(String text, int from) {
    int last = Math.min(text.length(), from + LONGEST);
    int end = from;
    while (end < last && text.charAt(end) != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isHost(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || "-_.%".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end == text.length()
        || Character.isWhitespace(text.charAt(end))
        || "/?:,;)]}[*'\"`".indexOf(text.charAt(end)) >= 0;
  }

  private static boolean isPort(String text, int from) {
    int end = from;
    while (end < text.length() && end - from < 6 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end - from < 6
        && (end == text.length()
            || Character.isWhitespace(text.charAt(end))
            || "/?,;:.)]}'\"".indexOf(text.charAt(end)) >= 0);
  }
}
