package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanInstantiationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class MigrateAtBootTest {
  private static final String TABLE_OF_NOTES = "SELECT to_regclass('notes')";
  private static final String TRACKING_TABLE = "SELECT to_regclass('schema_migrations')";

  @Test
  void without_any_configuration_the_default_data_source_is_migrated(TestDatabase database) {
    try (Log log = new Log();
        ApplicationContext context = new Boot().dataSource("default", database).start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.query("SELECT text FROM notes")).containsExactly(List.of("migrated"));
      assertThat(log.messages())
          .last()
          .asString()
          .startsWith("Data source default:\n")
          .contains("0001", "notes", "0002", "first_note", "applied", " ms")
          .contains("2 migrations applied (database " + database.name());
    }
  }

  @Test
  void a_second_boot_has_nothing_to_do_and_says_so(TestDatabase database) {
    new Boot().dataSource("default", database).start().close();
    try (Log log = new Log();
        ApplicationContext context = new Boot().dataSource("default", database).start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("Data source default:\nUp to date: nothing to apply");
    }
  }

  @Test
  void every_listed_data_source_is_migrated_by_its_own_settings(TestDatabase database) {
    TestDatabase orders = database.sibling();
    orders.execute("CREATE SCHEMA shop");
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .dataSource("orders", orders)
        .with("migrator.datasources.default.environment", "test")
        .with("migrator.datasources.orders.locations", "classpath:orders/migration")
        .with("migrator.datasources.orders.naming", "flyway")
        .with("migrator.datasources.orders.schema", "tracking")
        .with("migrator.datasources.orders.create-schema", true)
        .with("migrator.datasources.orders.table", "applied")
        .with("migrator.datasources.orders.search-path", List.of("shop", "public"))
        .with("migrator.datasources.orders.lock-wait", "30s")
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value("SELECT count(*) FROM notes")).isEqualTo("1");
      assertThat(orders.value("SELECT count(*) FROM shop.orders")).isEqualTo("0");
      assertThat(orders.value("SELECT string_agg(version, ',') FROM tracking.applied"))
          .isEqualTo("1");
      assertThat(orders.value(TABLE_OF_NOTES)).isEqualTo("NULL");
    }
  }

  @Test
  void a_data_source_that_is_not_listed_is_left_alone_and_named_in_the_log(TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (Log log = new Log();
        ApplicationContext context = new Boot()
            .dataSource("default", database)
            .dataSource("orders", orders)
            .with("migrator.datasources.orders.locations", "classpath:orders/migration")
            .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
      assertThat(orders.value("SELECT count(*) FROM orders")).isEqualTo("0");
      assertThat(log.messages())
          .contains(
              "Data source default is not migrated, because migrator.datasources does not list it.");
    }
  }

  @Test
  void switched_off_it_logs_one_line_and_touches_nothing(TestDatabase database) {
    try (Log log = new Log();
        ApplicationContext context = new Boot()
            .dataSource("default", database)
            .with("migrator.enabled", false)
            .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
      assertThat(log.messages())
          .containsExactly("Migrations are switched off (migrator.enabled=false).");
    }
  }

  @Test
  void one_data_source_can_be_switched_off_by_a_variable(TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (Log log = new Log();
        ApplicationContext context = new Boot()
            .dataSource("default", database)
            .dataSource("orders", orders)
            .with("migrator.datasources.default.locations", "classpath:db/migration")
            .with("migrator.datasources.orders.locations", "classpath:orders/migration")
            .variable("MIGRATOR_DATASOURCES_ORDERS_ENABLED", "false")
            .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value("SELECT count(*) FROM notes")).isEqualTo("1");
      assertThat(orders.value(TRACKING_TABLE)).isEqualTo("NULL");
      assertThat(log.messages().stream().filter(line -> line.contains("orders")))
          .containsExactly("Migrations of data source orders are switched off"
              + " (migrator.datasources.orders.enabled=false).");
    }
  }

  @Test
  void switching_the_only_listed_one_off_does_not_migrate_another(TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .dataSource("orders", orders)
        .with("migrator.datasources.orders.enabled", false)
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
      assertThat(orders.value(TRACKING_TABLE)).isEqualTo("NULL");
    }
  }

  @Test
  void everything_can_be_said_by_variables(TestDatabase database) {
    database.execute("CREATE SCHEMA tracking");
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .environments()
        .variable("MIGRATOR_DATASOURCES_DEFAULT_SCHEMA", "tracking")
        .variable("MIGRATOR_DATASOURCES_DEFAULT_LOCATIONS", "classpath:db/migration")
        .variable("MIGRATOR_DATASOURCES_DEFAULT_CONFIRM_PRODUCTION", "true")
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value("SELECT count(*) FROM tracking.schema_migrations"))
          .isEqualTo("2");
    }
  }

  @Test
  void a_variable_reaches_a_data_source_whose_name_has_two_words(TestDatabase database) {
    try (ApplicationContext context = new Boot()
        .dataSource("order-history", database)
        .with("migrator.datasources.order-history.locations", "classpath:orders/migration")
        .variable("MIGRATOR_DATASOURCES_ORDER_HISTORY_ENABLED", "false")
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
    }
  }

  @Test
  void a_variable_that_lists_nothing_takes_nothing_off_the_list(TestDatabase database) {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .variable("MIGRATOR_DATASOURCES_ORDER_HISTORY_ENABLED", "false")
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value("SELECT count(*) FROM notes")).isEqualTo("1");
    }
  }

  @Test
  void a_misspelt_property_is_refused_with_the_right_ones(TestDatabase database) {
    assertThat(failureOf(new Boot()
            .dataSource("default", database)
            .with("migrator.datasources.default.locations", List.of("classpath:db/migration"))
            .with("migrator.datasources.default.confirmProduction", true)
            .with("migrator.datasources.default.enable", false)))
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
          assertThat(failure.message())
              .contains("there is no property migrator.datasources.default.enable.")
              .contains(
                  "allow-empty, applied-by, background, background-wait, backup, ",
                  ", confirm-plan, confirm-production, ");
        });
    assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
  }

  @Test
  void placeholders_have_the_names_that_the_configuration_writes(
      TestDatabase database, @TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("01_a.sql"),
        "create table t as select '${notes.owner}' o, '${tableSpace_1}' s, $$${notes.owner}$$ b");
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .with("migrator.datasources.default.locations", "filesystem:" + folder)
        .with("migrator.datasources.default.placeholders.notes.owner", "ada")
        .with("migrator.datasources.default.placeholders.tableSpace_1", "fast")
        .with("migrator.datasources.default.placeholders-in-bodies", true)
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.query("SELECT o, s, b FROM t"))
          .containsExactly(List.of("ada", "fast", "ada"));
    }
  }

  @Test
  void every_setting_has_a_key() {
    everyComponentHasAKey(DataSourceSettings.class, DataSourceSettings.KEYS);
    everyComponentHasAKey(BootOptions.class, BootOptions.KEYS);
  }

  private static void everyComponentHasAKey(Class<?> settings, Set<String> keys) {
    assertThat(Arrays.stream(settings.getRecordComponents())
            .map(component -> BootSettings.canonical(component.getName())))
        .containsOnlyOnceElementsOf(keys)
        .hasSize(keys.size() + 1)
        .contains("name");
  }

  @Test
  void a_data_source_that_does_not_exist_is_refused(TestDatabase database) {
    assertThat(failureOf(new Boot()
            .dataSource("default", database)
            .with("migrator.datasources.ordres.enabled", true)))
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
          assertThat(failure.message())
              .contains("there is no data source ordres; there is: default");
        });
    assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
  }

  @Test
  void a_data_source_that_micronaut_has_switched_off_is_no_data_source(TestDatabase database) {
    Boot boot = new Boot()
        .dataSource("default", database)
        .dataSource("orders", database)
        .with("datasources.orders.enabled", false);
    try (Log log = new Log();
        ApplicationContext context = boot.start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(log.messages()).noneMatch(line -> line.contains("orders"));
    }
    assertThat(failureOf(boot.with("migrator.datasources.orders.enabled", true)).message())
        .contains("there is no data source orders");
  }

  @Test
  void a_value_that_is_not_known_is_refused_with_the_known_ones(TestDatabase database) {
    for (String property :
        List.of("environment", "naming", "out-of-order", "missing", "on-failure", "partial")) {
      assertThat(failureOf(new Boot()
              .dataSource("default", database)
              .with("migrator.datasources.default." + property, "perhaps")))
          .satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
            assertThat(failure.message())
                .contains("migrator.datasources.default." + property + " cannot be 'perhaps'")
                .contains("write one of ");
          });
    }
    assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");
  }

  @Test
  void a_failing_migration_stops_the_boot_and_keeps_the_engine_s_exception(TestDatabase database) {
    database.execute("CREATE TABLE notes ()");
    Boot boot = new Boot().dataSource("default", database);
    // Micronaut.mapError(..) looks for this very class.
    assertThatThrownBy(boot::start)
        .isExactlyInstanceOf(BeanInstantiationException.class)
        .hasStackTraceContaining(MigrationException.class.getName() + ": [MIGRATION_FAILED] 0001_");
    assertThat(failureOf(boot)).satisfies(failure -> {
      assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
      assertThat(failure.message())
          .startsWith("data source default was not migrated:\n[MIGRATION_");
    });
  }

  private static StartupFailure failureOf(Boot boot) {
    try (ApplicationContext context = boot.start()) {
      throw new AssertionError("it started: " + context);
    } catch (RuntimeException e) {
      return StartupFailure.of(e).orElseThrow(() -> new AssertionError(e));
    }
  }
}
