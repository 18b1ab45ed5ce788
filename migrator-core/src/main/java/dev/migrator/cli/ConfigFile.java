package dev.migrator.cli;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import dev.migrator.render.SafeText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds and reads the configuration file. */
final class ConfigFile {

  private static final String TOML = "migrator.toml";
  private static final String PROPERTIES = "migrator.properties";

  private ConfigFile() {}

  /**
   * What the configuration file says; nothing where there is none.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it cannot be read, or when there are two
   */
  static List<ConfigEntry> read(Arguments given, Console console) {
    Path file = given.get(ConfigOptions.CONFIG).map(console::resolve).orElse(null);
    if (given.has(ConfigOptions.NO_CONFIG)) {
      if (file != null) {
        throw UsageErrors.invalid("--config and --no-config exclude each other.");
      }
      return List.of();
    }
    if (file == null) {
      file = find(console);
    }
    return file == null ? List.of() : read(file, console);
  }

  private static @Nullable Path find(Console console) {
    Path toml = console.directory().resolve(TOML);
    Path properties = console.directory().resolve(PROPERTIES);
    boolean both = Files.exists(toml) && Files.exists(properties);
    if (both) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "there are two configuration files, " + TOML + " and " + PROPERTIES + ".")
          .done("nothing was changed.", List.of())
          .advice("keep one of them, or name one with --config.")
          .build();
    }
    return Files.exists(toml) ? toml : Files.exists(properties) ? properties : null;
  }

  private static List<ConfigEntry> read(Path file, Console console) {
    String shown = console.shown(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".toml") && !name.endsWith(".properties")) {
      throw UsageErrors.invalid("the file of --config must end in .toml or .properties.");
    }
    String text = text(file, shown);
    // In a class of its own, so that the parser is loaded only for a file that needs it.
    return name.endsWith(".toml") ? TomlText.read(shown, text) : PropertiesText.read(shown, text);
  }

  private static String text(Path file, String shown) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw unreadable(shown, "it is not UTF-8", e);
    } catch (NoSuchFileException e) {
      throw unreadable(shown, "it does not exist", e);
    } catch (IOException e) {
      throw unreadable(shown, SafeText.of(e), e);
    }
  }

  private static MigrationException unreadable(String file, String why, IOException cause) {
    return MigrationException.because(
            FailureCode.CONFIGURATION_INVALID,
            "the configuration file " + file + " cannot be read: " + why + ".")
        .done("nothing was changed.", List.of())
        .advice("name a file in UTF-8 that may be read, or leave it out with --no-config.")
        .cause(cause)
        .build();
  }

  /** The failure for a line that cannot be used. */
  static MigrationException invalid(SourcePosition position, String problem, String advice) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .at(position)
        .done("nothing was changed.", List.of())
        .advice(advice)
        .build();
  }
}
