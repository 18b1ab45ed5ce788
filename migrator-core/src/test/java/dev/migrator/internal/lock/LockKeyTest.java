package dev.migrator.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LockKeyTest {

  /** Two versions of Migrator that compute another key do not exclude each other. */
  @Test
  void theKeyIsFrozen() {
    assertThat(LockKey.of("public.schema_migrations").value()).isEqualTo(3244845255442402592L);
    assertThat(LockKey.of("Änderungen.x").value()).isEqualTo(1727216296540827988L);
  }
}
