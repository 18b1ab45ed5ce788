package dev.migrator.internal.schema;

import dev.migrator.report.SchemaObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Writes the statement that creates a function or a procedure. */
final class RoutineText {

  private static final Set<String> KNOWN = Set.of(
      "arguments",
      "returns",
      "language",
      "window",
      "volatility",
      "strict",
      "security",
      "leakproof",
      "parallel",
      "cost",
      "rows",
      "settings",
      "body",
      "body kind");

  /** Their values are lists of names, which the catalog keeps quoted as they must be. */
  private static final Set<String> LISTS = Set.of("search_path", "temp_tablespaces");

  private RoutineText() {}

  /** The statement; nothing where the routine has what this does not know. */
  static Optional<String> of(SchemaObject routine) {
    return CreatedObjects.known(routine, KNOWN).map(RoutineText::text);
  }

  private static String text(SchemaObject routine) {
    SortedMap<String, String> attributes = routine.attributes();
    StringBuilder text = new StringBuilder("CREATE OR REPLACE ")
        .append(CreatedObjects.words(routine))
        .append(' ')
        .append(CreatedObjects.schema(withoutArguments(routine.name())))
        .append(CreatedObjects.last(routine.name()))
        .append('(')
        .append(attributes.getOrDefault("arguments", ""))
        .append(')')
        .append(CreatedObjects.clause("\nRETURNS ", attributes.get("returns")))
        .append(CreatedObjects.clause("\nLANGUAGE ", attributes.get("language")));
    attribute(text, attributes, "window", " WINDOW");
    word(text, attributes, "volatility", "");
    attribute(text, attributes, "strict", " STRICT");
    attribute(text, attributes, "security", " SECURITY DEFINER");
    attribute(text, attributes, "leakproof", " LEAKPROOF");
    word(text, attributes, "parallel", "PARALLEL ");
    word(text, attributes, "cost", "COST ");
    word(text, attributes, "rows", "ROWS ");
    String settings = attributes.get("settings");
    if (settings != null) {
      settings.lines().forEach(setting -> text.append("\nSET ").append(setting(setting)));
    }
    String body = attributes.getOrDefault("body", "");
    text.append('\n');
    return attributes.containsKey("body kind")
        ? text.append(body).toString()
        : text.append("AS ").append(quoted(body)).toString();
  }

  private static void attribute(
      StringBuilder text, SortedMap<String, String> attributes, String name, String words) {
    text.append(attributes.containsKey(name) ? words : "");
  }

  private static void word(
      StringBuilder text, SortedMap<String, String> attributes, String name, String before) {
    String value = attributes.get(name);
    text.append(value == null ? "" : " " + before + value.toUpperCase(Locale.ROOT));
  }

  private static String setting(String setting) {
    int equals = setting.indexOf('=');
    String name = setting.substring(0, equals);
    String value = setting.substring(equals + 1);
    return name + " TO "
        + (LISTS.contains(name)
            ? value.isEmpty() ? "''" : value
            : "'" + value.replace("'", "''") + "'");
  }

  /** In dollars that the body does not have. */
  private static String quoted(String body) {
    String tag = "$body$";
    for (int i = 1; body.contains(tag); i++) {
      tag = "$body" + i + "$";
    }
    return tag + body + tag;
  }

  private static String withoutArguments(String name) {
    String last = CreatedObjects.last(name);
    int at = name.indexOf(last + "(");
    return at < 0 ? name : name.substring(0, at + last.length());
  }
}
