package dev.migrator.render;

import dev.migrator.internal.text.Redaction;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts out of a database, made fit to be shown: without passwords, and without what moves a cursor or turns the text around. */
final class Printable {

  private static final Pattern CONTROL = Pattern.compile(
      "[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}&&[^\\n\\t]]");

  private Printable() {}

  /** The text, in which lines stay lines and every other control character is written as SQL would escape it. */
  static String of(String text) {
    return CONTROL
        .matcher(Redaction.redact(text))
        .replaceAll(
            match -> String.format(Locale.ROOT, "\\\\u%04x", (int) match.group().charAt(0)));
  }

  /** The same in one line. */
  static String line(String text) {
    return of(text).replaceAll("\\s*\n\\s*", " ");
  }
}
