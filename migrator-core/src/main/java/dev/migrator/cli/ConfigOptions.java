package dev.migrator.cli;

import java.nio.file.Path;
import java.util.Set;

/** The options about the configuration itself. */
final class ConfigOptions {

  private ConfigOptions() {}

  static final Option<Path> CONFIG = Option.of(
      "--config",
      "<file>",
      Values::path,
      "The configuration file. Default: migrator.toml or migrator.properties in the working directory, where there is one.");

  static final Option<Boolean> NO_CONFIG =
      Option.flag("--no-config", "Read no configuration file; environment variables still count.");

  static final Option<Boolean> SHOW_CONFIG = Option.flag(
      "--show-config", "Show which settings hold and where each was written, and do nothing else.");

  /** What is said for one run, and so on its command line alone. */
  static final Set<String> COMMAND_LINE_ONLY = Set.of(
      "config",
      "no-config",
      "show-config",
      "all",
      "reapply",
      "into",
      "overwrite",
      "confirm-phrase",
      "overwrite-phrase",
      "statement",
      "checksum",
      "confirm-plan");

  /** What a file may not say for every run to come. */
  static final Set<String> NOT_IN_FILES =
      Set.of("confirm-production", "confirm-plan", "confirm-phrase", "force");
}
