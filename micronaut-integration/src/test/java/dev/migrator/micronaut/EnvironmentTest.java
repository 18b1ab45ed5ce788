package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import org.junit.jupiter.api.Test;

@PostgresTest
class EnvironmentTest {

  @Test
  void an_application_without_an_environment_counts_as_production(TestDatabase database) {
    refused(new Boot().dataSource("default", database).environments(), database);
  }

  @Test
  void an_unknown_environment_counts_as_production(TestDatabase database) {
    refused(new Boot().dataSource("default", database).environments("blue"), database);
  }

  @Test
  void production_wins_over_other_active_environments(TestDatabase database) {
    refused(new Boot().dataSource("default", database).environments("test", "prod"), database);
  }

  @Test
  void the_property_wins_over_active_environments(TestDatabase database) {
    refused(
        new Boot()
            .dataSource("default", database)
            .environments("test")
            .with("migrator.datasources.default.environment", "production"),
        database);
    migrated(
        new Boot()
            .dataSource("default", database)
            .environments("prod")
            .with("migrator.datasources.default.environment", "staging"),
        database,
        "staging");
  }

  @Test
  void an_active_environment_is_recorded(TestDatabase database) {
    migrated(
        new Boot().dataSource("default", database).environments("k8s", "test"), database, "test");
  }

  @Test
  void a_confirmation_lets_production_pass(TestDatabase database) {
    migrated(
        new Boot()
            .dataSource("default", database)
            .environments("prod")
            .with("migrator.datasources.default.confirm-production", true),
        database,
        "production");
  }

  @Test
  void the_digest_of_a_plan_confirms_that_plan_and_no_other(TestDatabase database) {
    String digest = MigrationEngine.builder()
        .dataSource(database.dataSource())
        .environment(Environment.PRODUCTION)
        .build()
        .plan()
        .digest();
    String other = (digest.charAt(0) == 'a' ? "b" : "a") + digest.substring(1);
    Boot boot = new Boot().dataSource("default", database).environments("prod");
    assertThat(boot.with("migrator.datasources.default.confirm-plan", other)
            .failure()
            .code())
        .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    migrated(
        boot.with("migrator.datasources.default.confirm-plan", digest), database, "production");
  }

  @Test
  void with_nothing_pending_production_needs_no_confirmation(TestDatabase database) {
    new Boot().dataSource("default", database).start().close();
    migrated(new Boot().dataSource("default", database).environments(), database, "development");
  }

  private static void refused(Boot boot, TestDatabase database) {
    assertThatThrownBy(() -> boot.start().close())
        .satisfies(thrown -> assertThat(StartupFailure.of(thrown)).hasValueSatisfying(failure -> {
          assertThat(failure.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
          assertThat(failure.message())
              .contains("apply 0001 notes, 0002 first_note")
              .contains("CONFIRM_PRODUCTION_MIGRATION=true")
              .contains("migrator.datasources.default.confirm-production=true");
        }));
    assertThat(database.value("SELECT to_regclass('schema_migrations')")).isEqualTo("NULL");
  }

  private static void migrated(Boot boot, TestDatabase database, String environment) {
    try (ApplicationContext context = boot.start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(
              database.value("SELECT string_agg(DISTINCT environment, ',') FROM migration_history"))
          .isEqualTo(environment);
    }
  }
}
