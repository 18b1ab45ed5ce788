package dev.migrator.render;

/** Text within XML and HTML, where it means itself and nothing else. */
final class Markup {

  private Markup() {}

  /** The text without passwords, fit for an element and for a quoted attribute. */
  static String of(String text) {
    StringBuilder markup = new StringBuilder(text.length() + 16);
    Printable.of(text).codePoints().forEach(c -> {
      switch (c) {
        case '&' -> markup.append("&amp;");
        case '<' -> markup.append("&lt;");
        case '>' -> markup.append("&gt;");
        case '"' -> markup.append("&quot;");
        case '\'' -> markup.append("&#39;");
        default -> markup.appendCodePoint(isCharacter(c) ? c : 0xfffd);
      }
    });
    return markup.toString();
  }

  /** The same with the ends of lines kept, which an attribute of XML would lose. */
  static String attribute(String text) {
    return of(text).replace("\n", "&#10;").replace("\t", "&#9;");
  }

  /** Whether XML 1.0 may hold it: no half of a surrogate pair, none of the two that are no characters. */
  private static boolean isCharacter(int c) {
    return !(c >= 0xd800 && c <= 0xdfff) && (c & 0xfffe) != 0xfffe;
  }
}
