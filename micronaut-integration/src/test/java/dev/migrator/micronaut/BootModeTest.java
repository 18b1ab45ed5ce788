package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.config.MigrationTarget;
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
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a boot does about pending migrations. */
@PostgresTest
@Timeout(60)
class BootModeTest {
  private static final String TABLE_OF_NOTES = "SELECT to_regclass('notes')";
  private static final String TRACKING_TABLE = "SELECT to_regclass('schema_migrations')";
  private static final String MIGRATION_LOCK =
      "select pg_advisory_lock(('x' || left(encode(sha256('migrator:1:public.schema_migrations'), 'hex'), 16))::bit(64)::bigint)";
  private static final String DEFAULT = "migrator.datasources.default.";

  @TempDir
  Path folder;

  @Test
  void switched_off_by_its_mode_a_data_source_costs_one_line_and_no_connection(
      TestDatabase database) {
    try (Log log = new Log();
        ApplicationContext context = boot(database, "off").beans("boot modes").start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
      assertThat(log.messages())
          .containsExactly("Migrations of data source default are switched off"
              + " (migrator.datasources.default.mode=off).");
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().startsWith("migrator-"));
    }
  }

  @Test
  void a_data_source_that_is_not_enabled_is_off_whatever_its_mode(TestDatabase database) {
    try (ApplicationContext context =
        boot(database, "apply").with(DEFAULT + "enabled", false).start()) {
      assertThat(state(context).mode()).isEqualTo(BootMode.OFF);
      assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
    }
  }

  @Test
  void an_application_that_validates_does_not_start_with_something_pending(TestDatabase database) {
    assertThat(boot(database, "validate").failure()).satisfies(failure -> {
      assertThat(failure.code()).isEqualTo(FailureCode.MIGRATIONS_PENDING);
      assertThat(failure.message())
          .contains("0001 notes, 0002 first_note are pending")
          .contains("migrator.datasources.default.mode=validate")
          .contains("apply them with the command line");
    });
    assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
  }

  @Test
  void an_application_that_validates_does_not_start_with_an_edited_migration(TestDatabase database)
      throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "create table a ()");
    Boot boot = boot(database, "apply").with(DEFAULT + "locations", "filesystem:" + folder);
    boot.start().close();
    Files.writeString(folder.resolve("01_a.sql"), "create table b ()");
    assertThat(boot.with(DEFAULT + "mode", "validate").failure().code())
        .isEqualTo(FailureCode.VALIDATION_FAILED);
  }

  @ParameterizedTest
  @EnumSource(names = {"VALIDATE", "WAIT"})
  void with_nothing_pending_it_starts_and_takes_no_lock(BootMode mode, TestDatabase database)
      throws SQLException {
    boot(database, "apply").start().close();
    // Whoever wanted the lock would wait for five minutes.
    try (Log log = new Log();
        Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      lock.execute(MIGRATION_LOCK);
      try (ApplicationContext context =
          boot(database, mode.name().toLowerCase(Locale.ROOT)).start()) {
        assertThat(state(context).status().state()).isEqualTo(BootState.DONE);
        assertThat(log.messages()).singleElement().asString().contains("nothing is pending");
      }
    }
  }

  @Test
  void an_application_that_waits_starts_once_another_one_has_migrated(TestDatabase database) {
    MigrationEngine other = MigrationEngine.builder()
        .dataSource(database.dataSource())
        .environment(Environment.TEST)
        .build();
    try (Log log = new Log()) {
      CompletableFuture<ApplicationContext> starting =
          CompletableFuture.supplyAsync(() -> boot(database, "wait").start());
      until(() -> log.messages().stream().anyMatch(line -> line.contains("0001 notes")));
      other.migrate(MigrationTarget.upTo("0001"));
      until(() -> log.messages().stream()
          .anyMatch(line -> line.contains("has applied 0002 first_note (for 300 s")));
      assertThat(starting).isNotDone();
      other.migrate();
      try (ApplicationContext context = starting.join()) {
        assertThat(state(context).status().state()).isEqualTo(BootState.DONE);
        assertThat(state(context).status().progress()).isNull();
        assertThat(log.messages())
            .last()
            .isEqualTo("Data source default is migrated: nothing is pending.");
      }
    }
  }

  @Test
  void an_application_that_waits_does_not_wait_for_ever(TestDatabase database) {
    assertThat(boot(database, "wait").with(DEFAULT + "wait-timeout", "300ms").failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(FailureCode.MIGRATIONS_PENDING);
          assertThat(failure.message()).contains("migrator.datasources.default.mode=wait");
        });
    assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
  }

  @Test
  void an_application_that_waits_does_not_wait_for_what_nobody_will_settle(TestDatabase database)
      throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "create table a ()");
    Boot boot = boot(database, "apply").with(DEFAULT + "locations", "filesystem:" + folder);
    boot.start().close();
    Files.writeString(folder.resolve("01_a.sql"), "create table b ()");
    assertThat(boot.with(DEFAULT + "mode", "wait").failure().code())
        .isEqualTo(FailureCode.VALIDATION_FAILED);
  }

  @Test
  void an_unknown_mode_is_refused_with_the_known_ones(TestDatabase database) {
    assertThat(boot(database, "perhaps").failure()).satisfies(failure -> {
      assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
      assertThat(failure.message())
          .contains("migrator.datasources.default.mode cannot be 'perhaps'")
          .contains("write one of off, validate, wait, apply");
    });
  }

  @Test
  void nobody_confirmed_and_the_application_may_start_without_its_data_source(TestDatabase database)
      throws Exception {
    Boot boot = boot(database, "apply")
        .environments("prod")
        .with(DEFAULT + "background-wait", "100ms")
        .with(DEFAULT + "unconfirmed", "start-unready");
    try (Log log = new Log();
        ApplicationContext context = boot.start()) {
      MigratedDataSource unready = state(context);
      assertThat(unready.status().state()).isEqualTo(BootState.WAITING);
      assertThat(unready.status().failure())
          .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED));
      assertThat(database.value(TABLE_OF_NOTES)).isEqualTo("NULL");
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("starts and is not ready", "apply 0001 notes, 0002 first_note");
      Gate.assertClosed(context, "waits until its migrations are applied (PRODUCTION_UNCONFIRMED)");

      MigrationEngine.builder()
          .dataSource(database.dataSource())
          .environment(Environment.PRODUCTION)
          .confirmProduction(true)
          .build()
          .migrate();
      until(() -> unready.status().state().isReady());
      assertThat(Gate.notes(context)).isEqualTo("migrated");
    }
  }

  private static Boot boot(TestDatabase database, String mode) {
    return new Boot().dataSource("default", database).with(DEFAULT + "mode", mode);
  }

  private static MigratedDataSource state(ApplicationContext context) {
    return context.getBean(MigratedDataSources.class).find("default").orElseThrow();
  }

  private static void until(BooleanSupplier condition) {
    Gate.until(condition, Duration.ofSeconds(20));
  }
}
