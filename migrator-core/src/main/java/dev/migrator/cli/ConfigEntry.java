package dev.migrator.cli;

import dev.migrator.migration.SourcePosition;
import java.util.List;

/**
 * A key of a configuration file with its values.
 *
 * @param section the verb that it is for; empty at the top
 * @param key as it is written
 * @param values its values as texts: several only where it is a list
 * @param position where the key is
 */
record ConfigEntry(String section, String key, List<String> values, SourcePosition position) {

  ConfigEntry {
    values = List.copyOf(values);
  }
}
