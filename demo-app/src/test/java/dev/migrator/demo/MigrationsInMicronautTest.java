package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationEngine;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.MigrationState;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The same inside an application: it was migrated when it booted, and the engine is there for more. */
@PostgresTest
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationsInMicronautTest implements TestPropertyProvider {
  @Inject
  MigrationEngine engine;

  private final TestDatabase database;

  MigrationsInMicronautTest(TestDatabase database) {
    this.database = database;
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.of(
        "datasources.default.url", database.jdbcUrl(),
        "datasources.default.username", database.user(),
        "datasources.default.password", database.password());
  }

  @Test
  void the_boot_has_migrated_and_the_engine_can_go_back_and_forth() {
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(engine.status().migrations())
        .hasSize(11)
        .allMatch(migration -> migration.state() == MigrationState.APPLIED);

    assertThat(engine.rollback(RollbackTarget.downTo("0010")).migrations()).hasSize(1);
    assertThat(engine.status().count(MigrationState.PENDING)).isEqualTo(1);
    assertThat(engine.migrate().steps()).hasSize(1);
  }
}
