package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class StartupFailureTest {

  @Test
  void a_migration_exception_is_found_beneath_any_wrapping() {
    MigrationException cause = MigrationException.because(
            FailureCode.CONFIGURATION_INVALID, "bad value.")
        .build();
    assertThat(StartupFailure.of(new IllegalStateException(new RuntimeException(cause))))
        .contains(new StartupFailure(
            FailureCode.CONFIGURATION_INVALID, "[CONFIGURATION_INVALID] bad value."));
    assertThat(StartupFailure.exitCodeOf(new IllegalStateException(cause))).isEqualTo(5);
  }

  @Test
  void the_data_source_is_named_where_it_is_known() {
    MigrationException cause =
        MigrationException.because(FailureCode.MIGRATION_FAILED, "it failed.").build();
    Throwable thrown = new RuntimeException(new DataSourceMigrationException("orders", cause));
    assertThat(StartupFailure.of(thrown))
        .hasValueSatisfying(failure -> assertThat(failure.message())
            .isEqualTo("data source orders was not migrated:\n[MIGRATION_FAILED] it failed."));
    assertThat(StartupFailure.exitCodeOf(thrown)).isEqualTo(2);
  }

  @Test
  void the_innermost_failure_to_connect_is_the_one_that_explains() {
    Throwable thrown = new RuntimeException(
        "pool",
        new SQLTransientConnectionException(
            "not available, request timed out", new SQLException("Connection refused", "08001")));
    assertThat(StartupFailure.of(thrown)).hasValueSatisfying(failure -> {
      assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_UNREACHABLE);
      assertThat(failure.message())
          .startsWith("[DATABASE_UNREACHABLE] no connection to the database: Connection refused\n")
          .contains("Next: check that the server runs");
    });
    assertThat(StartupFailure.exitCodeOf(thrown)).isEqualTo(1);
  }

  @Test
  void other_failures_are_left_to_others() {
    assertThat(StartupFailure.of(new IllegalStateException("port in use"))).isEmpty();
    assertThat(StartupFailure.of(new RuntimeException(new SQLException("syntax", "42601"))))
        .isEmpty();
    assertThat(StartupFailure.exitCodeOf(new IllegalStateException())).isEqualTo(1);
  }

  @Test
  void a_circle_of_causes_ends() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);
    assertThat(StartupFailure.of(first)).isEmpty();
  }
}
