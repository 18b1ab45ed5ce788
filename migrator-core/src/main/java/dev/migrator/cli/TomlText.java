package dev.migrator.cli;

import dev.migrator.migration.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code migrator.toml}: keys at the top, and a table for each verb that has settings of its own. */
final class TomlText {

  private final String file;
  private final List<ConfigEntry> entries = new ArrayList<>();

  private TomlText(String file) {
    this.file = file;
  }

  /**
   * The entries of a text.
   *
   * @param file what it is called
   */
  static List<ConfigEntry> read(String file, String text) {
    TomlParseResult result = Toml.parse(text);
    if (result.hasErrors()) {
      TomlParseError error = result.errors().get(0);
      // The parser's message repeats what it met, which may be a password.
      throw ConfigFile.invalid(
          position(file, error.position()),
          "this is no TOML.",
          "write key = \"value\", in quotes unless it is a number, true or false.");
    }
    TomlText reader = new TomlText(file);
    for (String key : result.keySet()) {
      Object value = result.get(List.of(key));
      SourcePosition position = position(file, result, key);
      if (value instanceof TomlTable table && Verb.named(key).isPresent()) {
        reader.section(key, table);
      } else {
        reader.entry("", key, value, position);
      }
    }
    return reader.entries;
  }

  private void section(String verb, TomlTable table) {
    for (String key : table.keySet()) {
      entry(verb, key, table.get(List.of(key)), position(file, table, key));
    }
  }

  private void entry(String section, String key, @Nullable Object value, SourcePosition position) {
    List<String> values = new ArrayList<>();
    if (value instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        values.add(scalar(key, array.get(i), position));
      }
    } else if (value instanceof TomlTable table) {
      for (Map.Entry<String, Object> each : table.entrySet()) {
        values.add(each.getKey() + "=" + scalar(key, each.getValue(), position));
      }
    } else {
      values.add(scalar(key, value, position));
    }
    entries.add(new ConfigEntry(section, key, values, position));
  }

  private static String scalar(String key, @Nullable Object value, SourcePosition position) {
    if (value instanceof String || value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    throw ConfigFile.invalid(
        position,
        "the value of " + key + " is no text, whole number, true or false.",
        "write it in quotes: a version such as 1.10 would lose its zero otherwise.");
  }

  private static SourcePosition position(String file, TomlTable table, String key) {
    return position(file, Objects.requireNonNull(table.inputPositionOf(List.of(key))));
  }

  private static SourcePosition position(String file, TomlPosition position) {
    return new SourcePosition(file, position.line(), position.column());
  }
}
