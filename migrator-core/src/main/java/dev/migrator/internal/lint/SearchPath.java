package dev.migrator.internal.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The value of the setting {@code search_path}, as a list of schemas. */
public final class SearchPath {

  private SearchPath() {}

  /** The schemas that a value names; {@code "$user"} and {@code DEFAULT} name none that scripts tell of. */
  public static List<String> of(String value) {
    List<String> path = new ArrayList<>();
    for (String part : value.split(",")) {
      String schema = part.strip();
      boolean quoted = schema.startsWith("\"") || schema.startsWith("'");
      schema = quoted && schema.length() > 1
          ? schema.substring(1, schema.length() - 1)
          : schema.toLowerCase(Locale.ROOT);
      if (!schema.isEmpty() && !schema.startsWith("$") && !schema.equals("default")) {
        path.add(schema);
      }
    }
    return path;
  }

  /**
   * The path of a session.
   *
   * @param value the setting
   * @param existing those of its schemas that exist, in order, the user's own with them; scripts may make the others
   */
  public static List<String> of(String value, List<String> existing) {
    List<String> named = of(value);
    return Stream.concat(
            existing.stream().filter(schema -> !named.contains(schema)), named.stream())
        .toList();
  }
}
