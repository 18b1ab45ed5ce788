package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildTest {
  @Test
  void runs_on_java_17_or_newer() {
    assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(17);
  }
}
