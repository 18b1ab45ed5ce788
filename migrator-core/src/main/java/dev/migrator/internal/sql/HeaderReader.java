package dev.migrator.internal.sql;

import dev.migrator.report.ScriptHeader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the comment at the beginning of a script, for people: what it says changes nothing of how the script runs. */
public final class HeaderReader {

  /** {@code Purpose: what it is for}; a name of one to three words, so that a sentence with a colon is none. */
  private static final Pattern FIELD =
      Pattern.compile("([\\p{L}][\\p{L}\\p{N}_-]*(?: [\\p{L}\\p{N}_-]+){0,2})\\s*:\\s+(.*)");

  /** What tools look for: their marks and ours. */
  private static final Pattern MARK = Pattern.compile(
      "(?i)(?:\\+\\w.*|migrat\\w+:.*|goose:.*|-->.*|name:\\s.*|statement-breakpoint.*)");

  private static final Pattern RULE = Pattern.compile("[-=*#_~\\s]*");

  private final Map<String, String> fields = new LinkedHashMap<>();
  private String firstLine = "";
  private String open = "";

  private HeaderReader() {}

  /** The header of a script's text. */
  public static ScriptHeader read(String text) {
    HeaderReader reader = new HeaderReader();
    boolean inBlock = false;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      String words = line.strip();
      if (inBlock) {
        int end = words.indexOf("*/");
        reader.line((end < 0 ? words : words.substring(0, end)).replaceFirst("^\\*+", ""));
        inBlock = end < 0;
      } else if (words.startsWith("--")) {
        reader.line(words.substring(2));
      } else if (words.startsWith("/*")) {
        int end = words.indexOf("*/");
        reader.line(words
            .substring(2, end < 0 ? words.length() : Math.max(2, end))
            .replaceFirst("^\\*+", ""));
        inBlock = end < 0;
      } else if (words.isEmpty()) {
        // A paragraph ends; what follows it may be about the first statement alone.
        if (reader.hasSomething()) {
          break;
        }
      } else {
        break;
      }
    }
    return reader.header();
  }

  private boolean hasSomething() {
    return !fields.isEmpty() || !firstLine.isEmpty();
  }

  private void line(String comment) {
    String words = comment.strip();
    if (RULE.matcher(words).matches() || MARK.matcher(words).matches()) {
      open = "";
      return;
    }
    Matcher field = FIELD.matcher(words);
    if (field.matches()) {
      open = field.group(1).toLowerCase(Locale.ROOT);
      fields.putIfAbsent(open, field.group(2).strip());
    } else if (!open.isEmpty() && comment.startsWith("   ")) {
      // Indented deeper: the value goes on.
      fields.merge(open, words, (value, more) -> value + " " + more);
    } else {
      open = "";
      if (firstLine.isEmpty()) {
        firstLine = words;
      }
    }
  }

  private ScriptHeader header() {
    String purpose = fields.getOrDefault("purpose", fields.getOrDefault("description", firstLine));
    return purpose.isEmpty() && fields.isEmpty()
        ? ScriptHeader.NONE
        : new ScriptHeader(purpose, fields);
  }
}
