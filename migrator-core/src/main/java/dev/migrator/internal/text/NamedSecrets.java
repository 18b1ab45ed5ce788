package dev.migrator.internal.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that a name says are passwords: {@code password=secret} in URLs, connection strings, properties and environments,
 * {@code PASSWORD 'secret'} in SQL. Where it is not certain how far a value goes, it goes too far rather than not far enough.
 */
final class NamedSecrets {

  private static final Pattern NAME = Pattern.compile(
      "(?:password|passwd|pwd|passphrase)(?:([\"'`\\]]?)\\s*+(:=|=>|=|:(?![:=]))\\s*+|(\"?)(?=[\\s/-]))",
      Pattern.CASE_INSENSITIVE);

  /** How far is looked around a name. */
  private static final int LOOK_BACK = 2_000;

  /** The next name of a list of names and values. */
  private static final Pattern NEXT = Pattern.compile("\\s*+[A-Za-z_][\\w.-]*+\\s*+=");

  /** Names that stand beside a password: what a secret itself holds may look like any other. */
  private static final Pattern NEIGHBOUR = Pattern.compile(
      "\\s*+(?:user(?:name|id)?|uid|host(?:addr)?|hostname|port|dbname|database|ssl\\w*|server\\w*|options|url|role|schema)\\s*+=",
      Pattern.CASE_INSENSITIVE);

  /** What is no secret, whatever its name: a parameter, nothing, what is hidden already. */
  private static final Pattern NO_SECRET = Pattern.compile(
      "(?:\\$\\d{1,3}|\\?|null|\\*{4}|'\\*{4}')(?![^\\s,;)&}\\]'\"])", Pattern.CASE_INSENSITIVE);

  private static final Pattern CRYPT =
      Pattern.compile("\\bcrypt\\s*+\\(\\s*+", Pattern.CASE_INSENSITIVE);

  private NamedSecrets() {}

  static void find(String text, Spans spans) {
    Matcher name = NAME.matcher(text);
    int from = 0;
    while (from <= text.length() && name.find(from)) {
      from = name.group(2) == null ? sql(text, name.end(), spans) : assigned(text, name, spans);
    }
    Matcher crypt = CRYPT.matcher(text);
    while (crypt.find()) {
      if (Quoted.beginsAt(text, crypt.end())) {
        spans.hide(crypt.end(), Quoted.end(text, crypt.end()), "'" + Redaction.HIDDEN + "'");
      }
    }
  }

  /** Behind the word PASSWORD; the place from which to go on. */
  private static int sql(String text, int end, Spans spans) {
    int value = afterBlanks(text, end);
    if (value == end) {
      return end;
    }
    if (value < text.length() && isOption(text, end)) {
      int stop = Quoted.beginsAt(text, value)
          ? extended(text, Quoted.end(text, value))
          : endOfWord(text, value, false);
      spans.hide(value, stop, Redaction.HIDDEN);
      return stop;
    }
    if (value < text.length() && Quoted.beginsAt(text, value) && text.charAt(value) != '"') {
      int stop = extended(text, Quoted.end(text, value));
      String quote = text.startsWith("''", value) ? "''" : "'";
      spans.hide(value, stop, quote + Redaction.HIDDEN + quote);
      return stop;
    }
    return value;
  }

  /** Behind blanks and comments. */
  private static int afterBlanks(String text, int from) {
    int last = Math.min(text.length(), from + LOOK_BACK);
    int at = from;
    while (at < last) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      boolean line = text.startsWith("--", at);
      if (!line && !text.startsWith("/*", at)) {
        return at;
      }
      String close = line ? "\n" : "*/";
      int end = at + 2;
      while (end < last && !text.startsWith(close, end)) {
        end++;
      }
      at = end + close.length();
    }
    return Math.min(at, text.length());
  }

  /** Whether the word that ends at a place is one of a command line's options. */
  private static boolean isOption(String text, int end) {
    int start = end;
    while (start > 0
        && end - start < LOOK_BACK
        && (Character.isLetter(text.charAt(start - 1)) || text.charAt(start - 1) == '-')) {
      start--;
    }
    return text.startsWith("--", start);
  }

  /** Behind a name and what divides it from its value. */
  private static int assigned(String text, Matcher name, Spans spans) {
    int value = name.end();
    if (value >= text.length() || name.group(2).equals(":") && !isKey(text, name)) {
      return name.end();
    }
    if (NO_SECRET.matcher(text).region(value, text.length()).lookingAt()) {
      return value;
    }
    int end = end(text, name, value);
    spans.hide(value, end, Redaction.HIDDEN);
    return Math.max(end, name.end());
  }

  private static int end(String text, Matcher name, int value) {
    char before = name.start() == 0 ? '\n' : text.charAt(name.start() - 1);
    boolean inUrl = before == '?' || before == '&';
    int line = text.indexOf('\n', value);
    int endOfLine = line < 0 ? text.length() : line;
    if (name.start() >= 2 && text.startsWith("PGPASSWORD=", name.start() - 2)) {
      return endOfLine;
    }
    if (!inUrl && Quoted.beginsAt(text, value)) {
      return extended(text, Quoted.end(text, value));
    }
    if (name.group(2).equals(":")) {
      return endOfLine;
    }
    if (isProperty(text, name)) {
      return endOfProperty(text, value, endOfLine);
    }
    return endOfWord(text, value, inUrl);
  }

  /** A colon divides a name from its value in YAML and JSON; elsewhere it is a colon. */
  private static boolean isKey(String text, Matcher name) {
    if (!name.group(1).isEmpty()) {
      return true;
    }
    int start = startOfLine(text, name.start());
    for (int i = start; i < name.start(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && " _.-".indexOf(c) < 0) {
        return false;
      }
    }
    return text.substring(start, name.start()).strip().indexOf(' ') < 0;
  }

  /** Whether it is one of a map's entries, as Java prints them: values have blanks there. */
  private static boolean isProperty(String text, Matcher name) {
    if (text.charAt(name.end() - 1) != '=' || !name.group(1).isEmpty()) {
      return false;
    }
    int start = startOfLine(text, name.start());
    for (int i = name.start() - 1; i >= start; i--) {
      if (text.charAt(i) == '{') {
        return true;
      }
    }
    return false;
  }

  /** Or so far before, lest one long line be looked at again for each name in it. */
  private static int startOfLine(String text, int from) {
    int start = from;
    while (start > 0 && from - start < LOOK_BACK && text.charAt(start - 1) != '\n') {
      start--;
    }
    return start;
  }

  private static int endOfProperty(String text, int value, int endOfLine) {
    for (int comma = text.indexOf(", ", value);
        comma >= 0 && comma < endOfLine;
        comma = text.indexOf(", ", comma + 1)) {
      if (isNext(text, comma + 1)) {
        return comma;
      }
    }
    int brace = text.lastIndexOf('}', endOfLine - 1);
    return brace >= value ? brace : endOfLine;
  }

  /** To the next blank that no backslash protects, or the next of several parameters. */
  private static int endOfWord(String text, int value, boolean inUrl) {
    for (int i = value; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (Character.isWhitespace(c)
          || c == '&' && inUrl && isNext(text, i + 1)
          || "&,;".indexOf(c) >= 0
              && NEIGHBOUR.matcher(text).region(i + 1, text.length()).lookingAt()) {
        return i;
      }
    }
    return text.length();
  }

  private static boolean isNext(String text, int at) {
    return NEXT.matcher(text).region(at, text.length()).lookingAt();
  }

  /** Over what follows a quoted text without a blank: then the quote was one of the secret's characters. */
  private static int extended(String text, int end) {
    int stop = end;
    while (stop < text.length()
        && !Quoted.isDelimiter(text.charAt(stop))
        && text.charAt(stop) != '\'') {
      stop++;
    }
    return stop;
  }
}
