package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** An init container migrates and ends. {@code RunAndExitProcessTest} of the demo sees the process end. */
@PostgresTest
class RunAndExitTest {

  @Test
  void when_all_is_migrated_the_start_ends_with_exit_code_0_and_the_pools_are_closed(
      TestDatabase database) {
    TestDatabase orders = database.sibling();
    Boot boot = new Boot()
        .dataSource("default", database)
        .dataSource("orders", orders)
        .with("migrator.datasources.default.background", true)
        .with("migrator.datasources.orders.locations", "classpath:orders/migration")
        .with("migrator.run-and-exit", true);
    assertThatThrownBy(boot.builder()::start).satisfies(thrown -> {
      assertThat(StartupFailure.exitCodeOf(thrown)).isZero();
      assertThat(thrown).rootCause().hasMessageContaining("start it with MigratorApplication");
    });
    assertThat(database.value("SELECT count(*) FROM notes")).isEqualTo("1");
    assertThat(orders.value("SELECT count(*) FROM orders")).isEqualTo("0");
  }

  @Test
  void when_nobody_confirmed_it_fails_even_where_an_application_would_start(TestDatabase database) {
    assertThat(new Boot()
            .dataSource("default", database)
            .environments("prod")
            .with("migrator.datasources.default.unconfirmed", "start-unready")
            .with("migrator.run-and-exit", true)
            .failure()
            .code())
        .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
  }

  @Test
  void switched_off_there_is_nothing_to_do_and_it_ends(TestDatabase database) {
    Boot boot = new Boot()
        .dataSource("default", database)
        .with("migrator.enabled", false)
        .with("migrator.run-and-exit", true);
    assertThatThrownBy(boot.builder()::start)
        .satisfies(thrown -> assertThat(StartupFailure.exitCodeOf(thrown)).isZero());
    assertThat(database.value("SELECT to_regclass('schema_migrations')")).isEqualTo("NULL");
  }
}
