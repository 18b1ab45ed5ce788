package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity is frozen: a version that compares or prints differently would apply migrations twice. */
class MigrationVersionTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "01, 1",
    "0006, 6",
    "1.0, 1",
    "1.0.0, 1",
    "1.10, 1.10",
    "1_2, 1.2",
    "2020-12-7, 2020.12.7",
    "2024-02-12-120203, 20240212120203",
    "2020-12-7-003456, 20201207003456",
    "2026-07-30-140000-0000, 20260730140000.0",
    "2026-07-30-140000-0001, 20260730140000.1",
    "2024-02-12-1202, 2024.2.12.1202",
    "2024.02.12.120203, 2024.2.12.120203",
    "0, 0",
    "000, 0",
    "0.0, 0",
    "0.1, 0.1",
    "20241108160105, 20241108160105",
    "00020241108160105123456, 20241108160105123456"
  })
  void theKeyIsCanonicalAndTheTextIsKept(String text, String key) {
    assertThat(MigrationVersion.of(text).key()).isEqualTo(key);
    assertThat(MigrationVersion.of(text).text()).isEqualTo(text);
  }

  @Test
  void versionsAreOrderedAsNumbersOfAnyLength() {
    List<String> ordered = List.of(
        "0",
        "0.1",
        "1",
        "1.1",
        "1.2",
        "1.10",
        "2",
        "10",
        "20241108160105",
        "20241108160106",
        "99999999999999",
        "9223372036854775807",
        "9223372036854775808",
        "92233720368547758080");
    assertThat(Stream.of(
                "2",
                "10",
                "92233720368547758080",
                "1.10",
                "0",
                "20241108160106",
                "1",
                "9223372036854775808",
                "99999999999999",
                "1.2",
                "20241108160105",
                "0.1",
                "9223372036854775807",
                "1.1")
            .map(MigrationVersion::of)
            .sorted()
            .map(MigrationVersion::text))
        .containsExactlyElementsOf(ordered);
  }

  @Test
  void equalVersionsAreEqualHoweverTheyAreWritten() {
    assertThat(MigrationVersion.of("01.0"))
        .isEqualTo(MigrationVersion.of("1"))
        .hasSameHashCodeAs(MigrationVersion.of("1"));
    assertThat(MigrationVersion.of("1.01")).isEqualTo(MigrationVersion.of("1_1"));
    assertThat(MigrationVersion.of("1.1")).isNotEqualTo(MigrationVersion.of("11"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1a", "1.", ".1", "1..2", " 1", "-1", "1 2", "١"})
  void whatIsNoVersionIsRefused(String text) {
    assertThatThrownBy(() -> MigrationVersion.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a version");
  }
}
