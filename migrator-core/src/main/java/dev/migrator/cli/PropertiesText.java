package dev.migrator.cli;

import dev.migrator.migration.SourcePosition;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Reads {@code migrator.properties}: {@code key=value}, and {@code verb.key=value} for one verb alone. As
 * {@link Properties}, but in UTF-8, with the place of each key.
 */
final class PropertiesText {

  private PropertiesText() {}

  /**
   * The entries of a text.
   *
   * @param file what it is called
   */
  static List<ConfigEntry> read(String file, String text) {
    List<ConfigEntry> entries = new ArrayList<>();
    Map<String, Integer> lines = new TreeMap<>();
    String[] natural = text.split("\r\n|\r|\n", -1);
    for (int i = 0; i < natural.length; i++) {
      int first = i;
      StringBuilder logical = new StringBuilder(natural[i]);
      while (!isComment(natural[first]) && goesOn(natural[i]) && i + 1 < natural.length) {
        logical.append('\n').append(natural[++i]);
      }
      SourcePosition position = new SourcePosition(file, first + 1, column(natural[first]));
      for (Map.Entry<Object, Object> each : load(logical.toString(), position).entrySet()) {
        String key = (String) each.getKey();
        Integer before = lines.putIfAbsent(key, first + 1);
        if (before != null) {
          throw ConfigFile.invalid(
              position, "a key is there twice, first in line " + before + ".", "keep one of them.");
        }
        entries.add(entry(key, (String) each.getValue(), position));
      }
    }
    return joined(entries);
  }

  /** {@code verb.key}, {@code placeholder.name} and {@code verb.seed.version}. */
  private static ConfigEntry entry(String key, String value, SourcePosition position) {
    int dot = key.indexOf('.');
    String section =
        dot > 0 && Verb.named(key.substring(0, dot)).isPresent() ? key.substring(0, dot) : "";
    String rest = section.isEmpty() ? key : key.substring(dot + 1);
    int named = rest.indexOf('.');
    return named > 0
        ? new ConfigEntry(
            section,
            rest.substring(0, named),
            List.of(rest.substring(named + 1) + "=" + value),
            position)
        : new ConfigEntry(section, rest, List.of(value), position);
  }

  /** The values of one key that is there with several names. */
  private static List<ConfigEntry> joined(List<ConfigEntry> entries) {
    List<ConfigEntry> joined = new ArrayList<>();
    for (ConfigEntry entry : entries) {
      int same = -1;
      for (int i = 0; i < joined.size(); i++) {
        ConfigEntry other = joined.get(i);
        if (other.section().equals(entry.section()) && other.key().equals(entry.key())) {
          same = i;
        }
      }
      if (same < 0) {
        joined.add(entry);
        continue;
      }
      List<String> values = new ArrayList<>(joined.get(same).values());
      values.addAll(entry.values());
      joined.set(
          same,
          new ConfigEntry(entry.section(), entry.key(), values, joined.get(same).position()));
    }
    return joined;
  }

  private static Properties load(String line, SourcePosition position) {
    Properties one = new Properties();
    try {
      one.load(new StringReader(line));
      return one;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A text can be read.
    } catch (IllegalArgumentException e) {
      throw ConfigFile.invalid(
          position, "a \\u is not followed by four hexadecimal digits.", "write \\\\ for one \\.");
    }
  }

  private static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.startsWith("#") || text.startsWith("!");
  }

  private static boolean goesOn(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static int column(String line) {
    return line.length() - line.stripLeading().length() + 1;
  }
}
