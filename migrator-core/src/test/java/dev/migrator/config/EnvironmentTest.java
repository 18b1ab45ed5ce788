package dev.migrator.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {

  @ParameterizedTest
  @CsvSource({
    "dev, DEVELOPMENT, false",
    "Development, DEVELOPMENT, false",
    "local, DEVELOPMENT, false",
    "test, TEST, false",
    "CI, TEST, false",
    "staging, STAGING, false",
    "prod, PRODUCTION, true",
    "PRODUCTION, PRODUCTION, true",
    "prod-eu, UNKNOWN, true",
    "devel, UNKNOWN, true",
    "'', UNKNOWN, true"
  })
  void whatIsNotClearlySomethingElseNeedsConfirmation(
      String name, Environment expected, boolean confirmation) {
    assertThat(Environment.named(name)).isEqualTo(expected);
    assertThat(Environment.named(name).needsConfirmation()).isEqualTo(confirmation);
  }
}
