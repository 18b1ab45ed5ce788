package dev.migrator.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text within Markdown, where it means itself and nothing else. */
final class Markdown {

  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]#|~>]");

  private Markdown() {}

  /** One line in which nothing is Markdown or HTML. */
  static String escaped(String content) {
    String line = Printable.line(content).replace("&", "&amp;").replace("<", "&lt;");
    // A mention would write to somebody.
    return SPECIAL
        .matcher(line)
        .replaceAll(match -> Matcher.quoteReplacement("\\" + match.group()))
        .replace("@", "@&#8203;");
  }
}
