package dev.migrator.internal.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes secrets out of text before it reaches a log, an error or a report. The only place that does. */
public final class Redaction {

  /** What stands in the place of a secret. */
  static final String HIDDEN = "****";

  /** Shorter ones would take half of a sentence with them. */
  private static final int SHORTEST_KNOWN = 4;

  /** What has a text to be looked through for; nearly none has. */
  private static final Pattern SUSPECT = Pattern.compile(
      "://|passw|pwd|passphrase|crypt|connection info string|connection option|percent-encoded|query parameter|port number"
          + "|host name|in URI",
      Pattern.CASE_INSENSITIVE);

  /** libpq and the driver repeat what they could not read of an address, and a password may be what made it unreadable. */
  private static final Pattern UNREADABLE = Pattern.compile(
      "(?:missing \"=\" after |invalid connection option |percent-encoded (?:token|value): |query parameter: "
          + "|in URI \\([^)]*\\): )\"([^\"\\n]*)\"");

  private static final Pattern PORT = Pattern.compile(
      "(?:port number|invalid integer value)[: ]{0,2}(?:\"([^\"\\n]*)\"|([^\"\\n]*))");

  private static final Pattern HOST = Pattern.compile("host name \"([^\"\\n]*@)[^\"\\n@]*\"");

  private Redaction() {}

  /** The text with passwords in URLs, connection parameters and role statements replaced by asterisks. */
  public static String redact(String text) {
    return SUSPECT.matcher(text).find() ? spans(text).replaced() : text;
  }

  /** What {@link #redact(String)} would hide in a text, for {@link #redact(String, Collection)} of what others say about it. */
  public static List<String> secrets(String text) {
    return SUSPECT.matcher(text).find()
        ? spans(text).contents().stream().flatMap(Redaction::values).distinct().toList()
        : List.of();
  }

  /** A piece as it stands, and what it means where it is quoted. */
  private static Stream<String> values(String piece) {
    if (piece.indexOf('\'') < 0 && piece.indexOf('"') < 0 && piece.indexOf('$') < 0) {
      return Stream.of(piece);
    }
    String inner = piece
        .replaceFirst("^(?:[eEnN]|[uU]&)?(?:'{1,2}|\"|\\$\\w*\\$)", "")
        .replaceFirst("(?:'{1,2}|\"|\\$\\w*\\$)$", "");
    return Stream.of(piece, inner, inner.replace("''", "'"), inner.replaceAll("\\\\(.)", "$1"));
  }

  private static Spans spans(String text) {
    Spans spans = new Spans(text);
    UrlSecrets.find(text, spans);
    NamedSecrets.find(text, spans);
    hide(UNREADABLE, text, spans);
    hide(HOST, text, spans);
    Matcher port = PORT.matcher(text);
    while (port.find()) {
      int group = port.group(1) == null ? 2 : 1;
      if (!port.group(group).matches("[0-9,:.()-]*")) {
        spans.hide(port.start(group), port.end(group), HIDDEN);
      }
    }
    hideRepeated(text, spans);
    return spans;
  }

  /** A statement may hold the literal of a password more than once. */
  private static void hideRepeated(String text, Spans spans) {
    for (String secret :
        spans.contents().stream().flatMap(Redaction::values).distinct().toList()) {
      String literal = "'" + secret + "'";
      for (int at = text.indexOf(literal);
          at >= 0 && secret.length() >= SHORTEST_KNOWN;
          at = text.indexOf(literal, at + 1)) {
        spans.hide(at + 1, at + 1 + secret.length(), HIDDEN);
      }
    }
  }

  /**
   * The text without secrets, and without those that are known already, wherever they stand.
   *
   * @param known what must not be shown; very short ones are left alone
   */
  public static String redact(String text, Collection<String> known) {
    String result = text;
    for (String secret : known.stream()
        .filter(each -> each.length() >= SHORTEST_KNOWN)
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList()) {
      result = result.replace(secret, HIDDEN);
    }
    return redact(result);
  }

  private static void hide(Pattern pattern, String text, Spans spans) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      spans.hide(matcher.start(1), matcher.end(1), HIDDEN);
    }
  }
}
