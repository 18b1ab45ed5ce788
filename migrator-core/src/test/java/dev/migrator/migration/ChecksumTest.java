package dev.migrator.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The algorithm is frozen under its id: another one needs another id. */
class ChecksumTest {

  private static final String EXPECTED =
      "019be0f09d79661a36590da8a86d0bebc8b650697eafc0369c950c66ddd6e203";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'ü';\nselect 2;\n",
        "select 'ü';\r\nselect 2;\r\n",
        "select 'ü';\rselect 2;\r",
        "select 'ü';\r\nselect 2;\n",
        "\uFEFFselect 'ü';\nselect 2;\n"
      })
  void lineEndsAndByteOrderMarkDoNotCount(String text) {
    assertThat(Checksum.of(text.getBytes(UTF_8))).isEqualTo(new Checksum("sha256-lf", EXPECTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'ü';\nselect 2;",
        "select 'ü';\n\nselect 2;\n",
        "select 'ü'; \nselect 2;\n",
        "select 'Ü';\nselect 2;\n"
      })
  void everythingElseCounts(String text) {
    assertThat(Checksum.of(text.getBytes(UTF_8)).value()).isNotEqualTo(EXPECTED);
  }

  @Test
  void anUnknownAlgorithmIsNotComparable() {
    Checksum ours = new Checksum(Checksum.SHA256_LF, "a");
    assertThat(ours.comparableWith(new Checksum(Checksum.SHA256_LF, "b"))).isTrue();
    assertThat(ours.comparableWith(new Checksum("crc32", "a"))).isFalse();
    assertThat(
            new Checksum(Checksum.UNKNOWN, "a").comparableWith(new Checksum(Checksum.UNKNOWN, "a")))
        .isFalse();
  }
}
