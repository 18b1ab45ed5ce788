package dev.migrator.internal.text;

import java.util.regex.Pattern;

/** Takes secrets out of text before it reaches a log, an error or a report. */
public final class Redaction {

  private static final String HIDDEN = "****";

  /**
   * {@code scheme://user:secret@host}: everything up to the last @ of the authority, since a secret may hold one. A scheme
   * is tried where a word begins and nowhere else, so that long words cost no more than short ones.
   */
  private static final Pattern URL_CREDENTIALS =
      Pattern.compile("((?<![a-z0-9+.:-])[a-z](?:[a-z0-9+.-]|:(?!//))*+://[^\\s:/@]*):[^\\s/]+@");

  /** A string as SQL writes it, also one whose end is cut off: quoted, with escapes, or between dollars. */
  private static final String STRING =
      "(?:[eE]?'(?:[^'\\\\]++|''|\\\\.)*+'?|\\$(\\w*)\\$(?s:.*?)(?:\\$\\2\\$|$))";

  private static final Pattern PASSWORD_PARAMETER = Pattern.compile(
      "((?:^|[?&;\\s,('\"])(?:password|passwd|pwd|sslpassword)\\s*:?=>?\\s*)(?:" + STRING
          + "|[^\\s&;,)]+)",
      Pattern.CASE_INSENSITIVE);

  /** {@code PASSWORD 'secret'} of CREATE and ALTER ROLE, USER and USER MAPPING. */
  private static final Pattern SQL_PASSWORD =
      Pattern.compile("(\\bpassword\\s+)" + STRING, Pattern.CASE_INSENSITIVE);

  private Redaction() {}

  /** The text with passwords in URLs, connection parameters and role statements replaced by asterisks. */
  public static String redact(String text) {
    String result = URL_CREDENTIALS.matcher(text).replaceAll("$1:" + HIDDEN + "@");
    result = PASSWORD_PARAMETER.matcher(result).replaceAll("$1" + HIDDEN);
    return SQL_PASSWORD.matcher(result).replaceAll("$1'" + HIDDEN + "'");
  }
}
