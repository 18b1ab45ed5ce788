package dev.migrator.cli;

import dev.migrator.migration.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * Where a value was written.
 *
 * @param rank which of two values counts
 * @param name what stands for the option there: {@code --lock-timeout}, {@code MIGRATOR_LOCK_TIMEOUT}, {@code lock-timeout}
 * @param position the place in a file; {@code null} elsewhere
 */
record Origin(Rank rank, String name, @Nullable SourcePosition position) {

  /** The places, the first that has a value counts. */
  enum Rank {
    COMMAND_LINE,
    ENVIRONMENT,
    FILE
  }

  /** The option, on the command line. */
  static Origin commandLine(Option<?> option) {
    return new Origin(Rank.COMMAND_LINE, option.name(), null);
  }

  /** An environment variable. */
  static Origin variable(String name) {
    return new Origin(Rank.ENVIRONMENT, name, null);
  }

  /** A line of a configuration file. */
  static Origin file(String key, SourcePosition position) {
    return new Origin(Rank.FILE, key, position);
  }

  /** In words: {@code migrator.toml:3:1}, {@code MIGRATOR_URL}, {@code command line}. */
  String words() {
    if (position != null) {
      return position.toString();
    }
    return rank == Rank.COMMAND_LINE ? "command line" : name;
  }
}
