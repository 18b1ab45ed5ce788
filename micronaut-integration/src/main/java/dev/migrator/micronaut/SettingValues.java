package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.core.convert.ConversionService;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads values of properties: Micronaut would take one that it cannot read for one that is not set. */
final class SettingValues {

  private SettingValues() {}

  /**
   * A time.
   *
   * @param property the property's full name
   * @param reader reads times as Micronaut does
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is none
   */
  static Duration time(String property, String value, ConversionService reader) {
    Optional<Duration> time = reader.convert(value.strip(), Duration.class);
    if (time.isEmpty()) {
      throw cannotBe(property, value, "a number and its unit: 500ms, 30s, 5m or 1h");
    }
    return time.get();
  }

  /**
   * One of a few words.
   *
   * @param property the property's full name
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is none of them
   */
  static <E extends Enum<E>> E choice(String property, String value, Class<E> choices) {
    for (E choice : choices.getEnumConstants()) {
      if (written(choice).equals(value.strip().toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return choice;
      }
    }
    throw cannotBe(
        property,
        value,
        "one of "
            + Arrays.stream(choices.getEnumConstants())
                .map(SettingValues::written)
                .collect(Collectors.joining(", ")));
  }

  /** A word as the configuration writes it. */
  static String written(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static MigrationException cannotBe(String property, String value, String instead) {
    return MigrationException.because(
            FailureCode.CONFIGURATION_INVALID, property + " cannot be '" + value + "'.")
        .advice("write " + instead + ".")
        .build();
  }
}
