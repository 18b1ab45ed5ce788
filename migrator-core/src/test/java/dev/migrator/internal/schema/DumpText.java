package dev.migrator.internal.schema;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What pg_dump wrote, without what is plainly no schema, by the random schema that it belongs to. Normalised is only what a
 * snapshot puts in order on purpose (docs/design-decisions.md): grants, options of storage and of
 * foreign objects, the tags of an event trigger.
 */
final class DumpText {

  /** The name of a random schema, wherever it stands. */
  static final Pattern SCHEMA = Pattern.compile("[Ss]ch.\\d+");

  private static final Pattern SECTION =
      Pattern.compile("--\\n-- Name: (.*); Type: (.*); Schema: (.*); Owner: .*\\n--\\n\\n");

  /** Each run has its own; what it says before the first object is the same for every schema. */
  private static final Pattern RESTRICT = Pattern.compile("(?m)^\\\\(un)?restrict .*\\n");

  /** pg_dump repeats it wherever it changes, so it may stand behind any object. */
  private static final Pattern DEFAULTS =
      Pattern.compile("(?m)^SET default_(tablespace = ''|table_access_method = heap);\\n");

  private static final Pattern OPTIONS =
      Pattern.compile("(?<=WITH |SET )\\(([a-z_.]+='?[^()]*)\\)");

  private static final Pattern FOREIGN_OPTIONS =
      Pattern.compile("OPTIONS \\(\\n(.*?)\\n\\)", Pattern.DOTALL);

  private static final Pattern TAGS = Pattern.compile("(?<=WHEN TAG IN )\\((.*)\\)");

  private DumpText() {}

  /** The text of each schema, and of what belongs to none under the empty name. */
  static Map<String, String> bySchema(String dump) {
    String text = DEFAULTS.matcher(RESTRICT.matcher(dump).replaceAll("")).replaceAll("");
    Map<String, StringBuilder> texts = new TreeMap<>();
    Matcher section = SECTION.matcher(text);
    int[] from = {-1};
    String[] header = {"", "", ""};
    while (section.find()) {
      put(texts, header, text, from[0], section.start());
      from[0] = section.end();
      header = new String[] {section.group(1), section.group(2), section.group(3)};
    }
    put(texts, header, text, from[0], text.length());
    Map<String, String> result = new TreeMap<>();
    texts.forEach((schema, sections) -> result.put(schema, sections.toString()));
    return result;
  }

  private static void put(
      Map<String, StringBuilder> texts, String[] header, String text, int from, int to) {
    if (from >= 0) {
      String schema = schemaOf(header[2].equals("-") ? header[0] : header[2]);
      String body = text.substring(from, to)
          .strip()
          .replaceFirst("\\n\\n+--\\n-- PostgreSQL database dump complete\\n--$", "");
      texts
          .computeIfAbsent(schema, name -> new StringBuilder())
          .append("-- ")
          .append(header[1])
          .append(' ')
          .append(header[0])
          .append('\n')
          .append(normalised(body, header[1]))
          .append('\n');
    }
  }

  /** The random schema that a name is about. */
  static String schemaOf(@Nullable String name) {
    Matcher matcher = SCHEMA.matcher(name == null ? "" : name);
    return matcher.find() ? matcher.group() : "";
  }

  private static String normalised(String body, String type) {
    if (type.equals("ACL") || type.equals("DEFAULT ACL")) {
      return Arrays.stream(body.split("\n")).sorted().collect(Collectors.joining("\n"));
    }
    String sorted = OPTIONS.matcher(body).replaceAll(match -> ordered(match, ", ", "(", ")"));
    sorted = TAGS.matcher(sorted).replaceAll(match -> ordered(match, ", ", "(", ")"));
    return FOREIGN_OPTIONS
        .matcher(sorted)
        .replaceAll(match -> ordered(match, ",\n", "OPTIONS (\n", "\n)"));
  }

  private static String ordered(MatchResult match, String separator, String before, String after) {
    return Matcher.quoteReplacement(Arrays.stream(match.group(1).split(separator))
        .sorted()
        .collect(Collectors.joining(separator, before, after)));
  }
}
