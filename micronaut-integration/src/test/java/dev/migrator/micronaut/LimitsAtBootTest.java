package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long things may take and what becomes of a failed run, as the configuration says. */
@PostgresTest
@Timeout(60)
class LimitsAtBootTest {

  @TempDir
  Path folder;

  @Test
  void a_script_has_its_timeouts(TestDatabase database) throws IOException {
    try (ApplicationContext context = boot(
            database,
            "create table t as select current_setting('lock_timeout') l, current_setting('statement_timeout') s")
        .with("migrator.datasources.default.lock-timeout", "7s")
        .with("migrator.datasources.default.statementTimeout", "2m")
        .variable("MIGRATOR_DATASOURCES_DEFAULT_LOCK_RETRY", "1m")
        .with("migrator.datasources.default.grace", "0s")
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.query("SELECT l, s FROM t")).containsExactly(List.of("7s", "2min"));
    }
  }

  @Test
  void a_run_that_takes_longer_than_it_may_stops_the_boot(TestDatabase database)
      throws IOException {
    Boot boot = boot(database, "select pg_sleep(50)")
        .with("migrator.datasources.default.run-timeout", "1500ms");
    assertThat(failureOf(boot).code()).isEqualTo(FailureCode.OUT_OF_TIME);
  }

  @Test
  void what_a_failed_run_did_may_be_rolled_back(TestDatabase database) throws IOException {
    Files.writeString(folder.resolve("01_a_rollback.sql"), "drop table a");
    Files.writeString(folder.resolve("02_b.sql"), "select 1/0");
    Files.writeString(folder.resolve("02_b_rollback.sql"), "select 1");
    Boot boot = boot(database, "create table a ()")
        .with("migrator.datasources.default.on-failure", "roll-back");
    assertThat(failureOf(boot).code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(database.value("SELECT to_regclass('a')")).isEqualTo("NULL");
  }

  @Test
  void a_run_that_may_not_reconnect_ends_with_its_connection(TestDatabase database)
      throws IOException {
    Boot boot = boot(database, "select pg_terminate_backend(pg_backend_pid())")
        .with("migrator.datasources.default.reconnect", "0s");
    assertThat(failureOf(boot).code()).isEqualTo(FailureCode.CONNECTION_LOST);
  }

  @Test
  void a_time_that_cannot_be_is_refused(TestDatabase database) throws IOException {
    Boot negative = boot(database, "create table t ()")
        .with("migrator.datasources.default.lock-timeout", "-1s");
    assertThat(failureOf(negative)).satisfies(failure -> {
      assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
      assertThat(failure.message()).contains("lockTimeout must be between 0 and 24 days");
    });
    for (String property : List.of("lock-wait", "lock-timeout", "grace")) {
      Boot word = boot(database, "create table t ()")
          .with("migrator.datasources.default." + property, "a while");
      assertThat(failureOf(word)).satisfies(failure -> {
        assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
        assertThat(failure.message())
            .contains("migrator.datasources.default." + property + " cannot be 'a while'")
            .contains("write a number and its unit: 500ms, 30s, 5m or 1h.");
      });
    }
    assertThat(database.value("SELECT to_regclass('t')")).isEqualTo("NULL");
  }

  private Boot boot(TestDatabase database, String sql) throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), sql);
    return new Boot()
        .dataSource("default", database)
        .with("migrator.datasources.default.locations", "filesystem:" + folder);
  }

  private static StartupFailure failureOf(Boot boot) {
    try (ApplicationContext context = boot.start()) {
      throw new AssertionError("it started: " + context);
    } catch (RuntimeException e) {
      return StartupFailure.of(e).orElseThrow(() -> new AssertionError(e));
    }
  }
}
