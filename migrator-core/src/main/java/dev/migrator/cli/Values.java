package dev.migrator.cli;

import dev.migrator.config.Environment;
import dev.migrator.config.Limits;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.MigrationVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes values from the texts of options. What cannot be read is an {@link IllegalArgumentException} that says what to
 * write, and does not repeat the text.
 */
final class Values {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private Values() {}

  /** The constants as an option writes them: {@code run-in-name-order}. */
  static <E extends Enum<E>> String choices(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Values::written)
        .collect(Collectors.joining("|"));
  }

  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text -> Arrays.stream(type.getEnumConstants())
        .filter(constant -> written(constant).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("write one of " + choices(type)));
  }

  /** An unknown name would count as production; a slip of the pen is better told. */
  static Environment environment(String text) {
    Environment environment = Environment.named(text);
    if (environment == Environment.UNKNOWN) {
      throw new IllegalArgumentException("write development, test, staging or production");
    }
    return environment;
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("write a number and its unit: 500ms, 30s, 5m or 1h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** A time that PostgreSQL's time-outs can be. */
  static Duration limit(String text) {
    Duration time = duration(text);
    if (time.compareTo(Limits.LONGEST) > 0) {
      throw new IllegalArgumentException("write " + Limits.LONGEST.toHours() + "h at most");
    }
    return time;
  }

  static List<String> list(String text) {
    return List.of(text.split(",", -1));
  }

  /** On a command line a path is a path: only {@code classpath:} leads elsewhere. */
  static String location(String text) {
    return text.startsWith("classpath:") || text.startsWith("filesystem:")
        ? text
        : "filesystem:" + text;
  }

  static Map<String, String> placeholders(List<String> texts) {
    Map<String, String> values = new HashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("write name=value");
      }
      if (values.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("a name is given twice");
      }
    }
    return values;
  }

  /** Files by the version behind which they run. */
  static Map<String, Path> seeds(List<String> texts) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new IllegalArgumentException("write version=file");
      }
      if (files.put(version(text.substring(0, equals)), path(text.substring(equals + 1))) != null) {
        throw new IllegalArgumentException("a version is given twice");
      }
    }
    return files;
  }

  /** A file. */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw UsageErrors.invalid("the argument is no path: " + e.getReason() + ".");
    }
  }

  static String version(String text) {
    try {
      return MigrationVersion.of(text).text();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "write digits, in parts separated by '.', '_' or '-': 0006, 1.2, 2024-11-08", e);
    }
  }

  static MigrationTarget upTo(String text) {
    return MigrationTarget.upTo(version(text));
  }

  static MigrationTarget only(String text) {
    return MigrationTarget.only(version(text));
  }

  static MigrationTarget firstSteps(String text) {
    return MigrationTarget.steps(count(text));
  }

  static RollbackTarget downTo(String text) {
    return RollbackTarget.downTo(version(text));
  }

  static RollbackTarget lastSteps(String text) {
    return RollbackTarget.steps(count(text));
  }

  /** A version, or the id of a migration that has none of its own. */
  static String migration(String text) {
    return text.startsWith("R:") || text.indexOf('~') >= 0 ? text : version(text);
  }

  static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException ignored) {
      // The next line says what to write.
    }
    throw new IllegalArgumentException("write a number from 1 on");
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
