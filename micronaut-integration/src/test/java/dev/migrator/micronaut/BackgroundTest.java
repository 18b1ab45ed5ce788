package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that starts while its migrations run. */
@PostgresTest
@Timeout(60)
class BackgroundTest {
  private static final String DEFAULT = "migrator.datasources.default.";

  @TempDir
  Path folder;

  @BeforeEach
  void scripts() throws IOException {
    Files.writeString(
        folder.resolve("01_notes.sql"),
        "create table notes as select 'first'::text as text; select pg_advisory_xact_lock(77)");
    Files.writeString(folder.resolve("02_more.sql"), "update notes set text = 'second'");
  }

  @Test
  void the_application_starts_and_its_data_source_opens_when_the_migrations_are_done(
      TestDatabase database) throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement slow = other.createStatement()) {
      slow.execute("select pg_advisory_lock(77)");
      try (ApplicationContext context = boot(database).start()) {
        MigratedDataSource migrated = state(context);
        until(() -> words(migrated).startsWith("1 of 2, 01 notes"));
        assertThat(migrated.status().state()).isEqualTo(BootState.RUNNING);
        Gate.assertClosed(context, "it is being migrated (1 of 2, 01 notes");

        slow.execute("select pg_advisory_unlock(77)");
        until(() -> migrated.status().state() == BootState.DONE);
        assertThat(Gate.notes(context)).isEqualTo("second");
        assertThat(Objects.requireNonNull(migrated.status().report()).steps()).hasSize(2);
        assertThat(context.getBean(DataSource.class).unwrap(HikariDataSource.class))
            .isNotNull();
      }
    }
  }

  @Test
  void who_asks_for_a_connection_waits_a_moment_for_the_migrations(TestDatabase database)
      throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement slow = other.createStatement()) {
      slow.execute("select pg_advisory_lock(77)");
      try (ApplicationContext context =
          boot(database).with(DEFAULT + "background-wait", "30s").start()) {
        CompletableFuture<String> asking = CompletableFuture.supplyAsync(() -> {
          try {
            return Gate.notes(context);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
        until(() -> words(state(context)).startsWith("1 of 2"));
        assertThat(asking).isNotDone();
        slow.execute("select pg_advisory_unlock(77)");
        assertThat(asking).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("second");
      }
    }
  }

  @Test
  void a_failure_leaves_the_application_running_and_its_data_source_closed(TestDatabase database)
      throws Exception {
    Files.writeString(folder.resolve("02_more.sql"), "select 1/0");
    try (Log log = new Log();
        ApplicationContext context = boot(database).start()) {
      MigratedDataSource migrated = state(context);
      until(() -> migrated.status().state() == BootState.FAILED);
      assertThat(Objects.requireNonNull(migrated.status().failure()).code())
          .isEqualTo(FailureCode.MIGRATION_FAILED);
      Gate.assertClosed(context, "it was not migrated (MIGRATION_FAILED)");
      until(() -> log.messages().stream()
          .anyMatch(line -> line.contains("stays closed") && line.contains("division by zero")));

      // The next attempt is the operator's.
      Files.writeString(folder.resolve("02_more.sql"), "update notes set text = 'mended'");
      migrated.migrate();
      assertThat(migrated.status().state()).isEqualTo(BootState.DONE);
      assertThat(Gate.notes(context)).isEqualTo("mended");
    }
  }

  @Test
  void closing_the_application_cancels_what_runs_before_the_pool_is_closed(TestDatabase database)
      throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement slow = other.createStatement()) {
      slow.execute("select pg_advisory_lock(77)");
      MigratedDataSource migrated;
      try (ApplicationContext context = boot(database).start()) {
        migrated = state(context);
        until(() -> words(migrated).startsWith("1 of 2"));
      }
      assertThat(migrated.status().state()).isEqualTo(BootState.FAILED);
      assertThat(Objects.requireNonNull(migrated.status().failure()).code())
          .isEqualTo(FailureCode.CANCELLED);
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().equals("migrator-default"));
    }
    assertThat(database.value("SELECT to_regclass('notes')")).isEqualTo("NULL");
  }

  @Test
  void a_bean_that_connects_while_the_application_starts_is_told_so(TestDatabase database)
      throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement slow = other.createStatement()) {
      slow.execute("select pg_advisory_lock(77)");
      StartupFailure failure = boot(database).beans("impatient").failure();
      assertThat(failure.code()).isEqualTo(FailureCode.MIGRATIONS_PENDING);
      assertThat(failure.message())
          .contains("data source default is not ready")
          .contains("background=false");
    }
  }

  private Boot boot(TestDatabase database) {
    return new Boot()
        .dataSource("default", database)
        .with(DEFAULT + "locations", "filesystem:" + folder)
        .with(DEFAULT + "background", true)
        .with(DEFAULT + "background-wait", "100ms");
  }

  private static MigratedDataSource state(ApplicationContext context) {
    return context.getBean(MigratedDataSources.class).find("default").orElseThrow();
  }

  private static String words(MigratedDataSource migrated) {
    BootProgress progress = migrated.status().progress();
    return progress == null ? "" : progress.words();
  }

  private static void until(BooleanSupplier condition) {
    Gate.until(condition, Duration.ofSeconds(20));
  }

  @Context
  @Requires(property = "beans", value = "impatient")
  static final class Impatient {
    Impatient(DataSource dataSource) throws SQLException {
      dataSource.getConnection().close();
    }
  }
}
