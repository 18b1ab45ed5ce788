package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.NoSuchBeanException;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a boot did can be asked of a bean, and so can its engines. */
@PostgresTest
class MigratedDataSourcesTest {
  private static final String ORDERS = "migrator.datasources.orders.";

  @Test
  void what_the_boot_did_is_known_for_every_listed_data_source(TestDatabase database) {
    try (ApplicationContext context =
        twoDataSources(database).with(ORDERS + "enabled", false).start()) {
      List<MigratedDataSource> all = context.getBean(MigratedDataSources.class).all();
      assertThat(all).extracting(MigratedDataSource::name).containsExactly("default", "orders");
      MigratedDataSource migrated = all.get(0);
      assertThat(migrated.mode()).isEqualTo(BootMode.APPLY);
      assertThat(migrated.environment()).contains(Environment.DEVELOPMENT);
      assertThat(migrated.status()).satisfies(status -> {
        assertThat(status.state()).isEqualTo(BootState.DONE);
        assertThat(Objects.requireNonNull(status.report()).steps()).hasSize(2);
        assertThat(status.progress()).isNull();
        assertThat(status.failure()).isNull();
      });
      assertThat(all.get(1).mode()).isEqualTo(BootMode.OFF);
      assertThat(all.get(1).status().state()).isEqualTo(BootState.OFF);
    }
  }

  @Test
  void a_data_source_that_nobody_listed_is_not_among_them(TestDatabase database) {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .dataSource("orders", database)
        .start()) {
      MigratedDataSources known = context.getBean(MigratedDataSources.class);
      assertThat(known.all()).extracting(MigratedDataSource::name).containsExactly("default");
      assertThat(known.find("orders")).isEmpty();
      assertThatThrownBy(() -> context.getBean(MigrationEngine.class, Qualifiers.byName("orders")))
          .isInstanceOf(NoSuchBeanException.class);
    }
    try (ApplicationContext context = new Boot().start()) {
      assertThat(context.getBean(MigratedDataSources.class).all()).isEmpty();
    }
  }

  @Test
  void with_everything_switched_off_they_are_off(TestDatabase database) {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .with("migrator.enabled", false)
        .start()) {
      assertThat(context.getBean(MigratedDataSources.class).all())
          .singleElement()
          .satisfies(one -> assertThat(one.status().state()).isEqualTo(BootState.OFF));
      assertThat(context.getBean(MigrationEngine.class).plan().steps()).hasSize(2);
      assertThat(database.value("SELECT to_regclass('schema_migrations')")).isEqualTo("NULL");
    }
  }

  @Test
  void a_boot_that_failed_says_why(TestDatabase database) {
    List<MigratedDataSource> seen = new ArrayList<>();
    ApplicationContext context =
        Boot.plain(database, "unnamed").environments("prod").builder().build();
    assertThatThrownBy(context::start)
        .satisfies(e -> seen.addAll(context.getBean(MigratedDataSources.class).all()));
    assertThat(seen).singleElement().satisfies(one -> {
      assertThat(one.environment()).contains(Environment.PRODUCTION);
      assertThat(one.status().state()).isEqualTo(BootState.FAILED);
      assertThat(Objects.requireNonNull(one.status().failure()).code())
          .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    });
  }

  @Test
  void how_far_a_run_is_can_be_seen_while_it_runs(TestDatabase database) {
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("watching").start()) {
      assertThat(context.getBean(Watching.class).seen)
          .containsExactly(
              "RUNNING 0 of 2", "RUNNING 1 of 2, 0001 notes", "RUNNING 2 of 2, 0002 first_note");
    }
  }

  @Test
  void an_engine_is_a_bean_by_the_name_of_its_data_source_and_migrates_nothing_again(
      TestDatabase database) {
    try (ApplicationContext context = twoDataSources(database).start()) {
      MigratedDataSources known = context.getBean(MigratedDataSources.class);
      MigrationEngine engine = context.getBean(MigrationEngine.class);
      assertThat(engine).isSameAs(known.find("default").orElseThrow().engine().orElseThrow());
      assertThat(context.getBean(MigrationEngine.class, Qualifiers.byName("default")))
          .isSameAs(engine);
      MigrationEngine orders = context.getBean(MigrationEngine.class, Qualifiers.byName("orders"));
      assertThat(orders).isSameAs(known.find("orders").orElseThrow().engine().orElseThrow());
      assertThat(orders.status().migrations()).hasSize(1);
      assertThat(context.getBeansOfType(MigrationEngine.class)).containsOnly(engine, orders);
    }
  }

  @Test
  void asking_for_the_engine_of_a_data_source_that_is_made_anew_each_time_migrates_once(
      TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (ApplicationContext context = Boot.plain(database, "primary")
        .with("second.url", orders.jdbcUrl())
        .with("migrator.datasources.main.enabled", true)
        .with(ORDERS + "locations", "classpath:orders/migration")
        .start()) {
      AtomicInteger created = context.getBean(OrderTest.PrimaryAndSecond.class).orders;
      assertThat(created).hasValue(1);
      assertThat(context.getBean(MigrationEngine.class).status().migrations()).hasSize(2);
      assertThat(context
              .getBean(MigrationEngine.class, Qualifiers.byName("orders"))
              .status()
              .migrations())
          .hasSize(1);
      assertThat(created).hasValue(1);
    }
  }

  private static Boot twoDataSources(TestDatabase database) {
    return new Boot()
        .dataSource("default", database)
        .dataSource("orders", database.sibling())
        .with("migrator.datasources.default.locations", "classpath:db/migration")
        .with(ORDERS + "locations", "classpath:orders/migration");
  }

  @Singleton
  @Requires(property = "beans", value = "watching")
  static final class Watching implements MigrationListener {
    final List<String> seen = new ArrayList<>();
    private final MigratedDataSources known;

    Watching(MigratedDataSources known) {
      this.known = known;
    }

    @Override
    public void on(MigrationEvent event) {
      BootStatus status = known.find("default").orElseThrow().status();
      if (event instanceof MigrationEvent.RunStarted
          || event instanceof MigrationEvent.MigrationStarted) {
        seen.add(
            status.state() + " " + Objects.requireNonNull(status.progress()).words());
      }
    }
  }
}
