package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What configuration says of the checks before and after the migrations reaches the engine. */
@PostgresTest
class ChecksAtBootTest {

  @TempDir
  Path folder;

  @Test
  void in_production_a_failed_preflight_ends_the_boot_and_elsewhere_nobody_asks(
      TestDatabase database) throws IOException, SQLException {
    database.execute("create table town (id int)");
    Files.writeString(folder.resolve("01_a.sql"), "comment on table town is 'x'");
    try (Connection idle = database.dataSource().getConnection();
        Statement statement = idle.createStatement()) {
      idle.setAutoCommit(false);
      statement.execute("select * from town");
      Boot production = boot(database)
          .environments("prod")
          .with("migrator.datasources.default.confirm-production", "true")
          .with("migrator.datasources.default.long-transaction", "0s");
      assertThat(catchThrowableOfType(RuntimeException.class, production::start))
          .satisfies(failure -> assertThat(StartupFailure.of(failure))
              .get()
              .extracting(StartupFailure::code)
              .isEqualTo(FailureCode.PREFLIGHT_FAILED));
      assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
      try (ApplicationContext context = boot(database)
          .with("migrator.datasources.default.long-transaction", "0s")
          .start()) {
        assertThat(context.isRunning()).isTrue();
      }
      idle.rollback();
    }
  }

  @Test
  void a_failed_postflight_ends_the_boot_where_it_is_required_only(TestDatabase database)
      throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "create table a ()");
    try (ApplicationContext context = boot(database)
        .with("migrator.datasources.default.expected-columns", "a.id")
        .start()) {
      assertThat(context.isRunning()).isTrue();
    }
    Files.writeString(folder.resolve("02_b.sql"), "create table b ()");
    Boot required = boot(database)
        .with("migrator.datasources.default.expected-columns", "a.id")
        .with("migrator.datasources.default.postflight", "require");
    assertThat(catchThrowableOfType(RuntimeException.class, required::start))
        .satisfies(failure -> assertThat(StartupFailure.of(failure))
            .get()
            .extracting(StartupFailure::code)
            .isEqualTo(FailureCode.POSTFLIGHT_FAILED));
    assertThat(database.value("select to_regclass('b')")).as("it stays").isEqualTo("b");
  }

  @Test
  void words_that_mean_nothing_are_refused(TestDatabase database) {
    for (String[] property : new String[][] {
      {"preflight", "maybe"},
      {"postflight", "maybe"},
      {"expected-columns", "a.b.c.d"},
      {"disabled-checks", "disc-space"}
    }) {
      Boot boot = boot(database).with("migrator.datasources.default." + property[0], property[1]);
      assertThat(catchThrowableOfType(RuntimeException.class, boot::start))
          .satisfies(failure -> assertThat(StartupFailure.of(failure))
              .get()
              .extracting(StartupFailure::code)
              .isEqualTo(FailureCode.CONFIGURATION_INVALID));
    }
  }

  private Boot boot(TestDatabase database) {
    return new Boot()
        .dataSource("default", database)
        .with("migrator.datasources.default.locations", "filesystem:" + folder);
  }
}
