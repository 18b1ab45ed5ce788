package dev.migrator.report;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the comment at the beginning of a script tells.
 *
 * @param purpose what the script is for: its {@code Purpose:} or {@code Description:}, else the comment's first line; empty
 *     when there is none
 * @param fields every {@code Name: value} of the comment, by the name in lower case
 */
public record ScriptHeader(String purpose, Map<String, String> fields) {

  /** What a script without such a comment has. */
  public static final ScriptHeader NONE = new ScriptHeader("", Map.of());

  /** Keeps a copy. */
  public ScriptHeader {
    fields = Map.copyOf(new TreeMap<>(fields));
  }

  /** A field's value; empty when there is none of that name, in whatever case. */
  public String field(String name) {
    return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }
}
