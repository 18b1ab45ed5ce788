package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners are beans. */
@PostgresTest
@Timeout(60)
class ListenerBeansTest {

  @Test
  void each_is_told_of_the_data_source_of_its_name_and_one_without_a_name_of_all(
      TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (ApplicationContext context =
        twoDataSources(database, orders).beans("listeners").start()) {
      assertThat(context.getBean(EveryOne.class).told)
          .containsExactlyInAnyOrder("0001 notes", "0002 first_note", "1 orders");
      assertThat(context.getBean(Told.class).orders).containsExactly("1 orders");
    }
  }

  @Test
  void nothing_pending_tells_nothing(TestDatabase database) {
    new Boot().dataSource("default", database).start().close();
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("every one").start()) {
      assertThat(context.getBean(EveryOne.class).told).isEmpty();
    }
  }

  @Test
  void one_that_belongs_to_no_data_source_is_refused(TestDatabase database) {
    Boot boot = new Boot().dataSource("default", database).beans("misspelt listener");
    assertThatThrownBy(boot::start)
        .hasStackTraceContaining(Misspelt.class.getName() + " belongs to no data source")
        .hasStackTraceContaining("there is: default")
        .hasStackTraceContaining("or none to concern every one");
    assertThat(database.value("SELECT to_regclass('notes')")).isEqualTo("NULL");
  }

  @Test
  void one_that_needs_the_data_source_that_it_is_told_of_is_refused(TestDatabase database) {
    Boot boot = new Boot().beans("reentrant listener").with("plain.url", database.jdbcUrl());
    assertThatThrownBy(boot::start)
        .hasStackTraceContaining(
            "a listener or a customizer of data source default needs that data source")
        .hasStackTraceContaining("inject nothing that needs the data source");
    assertThat(database.value("SELECT to_regclass('notes')")).isEqualTo("NULL");
  }

  @Test
  void one_that_fails_is_logged_and_the_application_starts(TestDatabase database) {
    try (Log log = new Log();
        ApplicationContext context =
            new Boot().dataSource("default", database).beans("failing listener").start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value("SELECT count(*) FROM notes")).isEqualTo("1");
      assertThat(log.messages())
          .anyMatch(line -> line.contains(Failing.class.getName()) && line.contains("failed"));
    }
  }

  @Test
  void a_listener_of_application_events_is_not_created_for_a_migration(TestDatabase database) {
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("application event").start()) {
      assertThat(context.getBean(OfApplicationEvents.class).told).isEmpty();
    }
  }

  private static Boot twoDataSources(TestDatabase database, TestDatabase orders) {
    return new Boot()
        .dataSource("default", database)
        .dataSource("orders", orders)
        .with("migrator.datasources.default.locations", "classpath:db/migration")
        .with("migrator.datasources.orders.locations", "classpath:orders/migration");
  }

  @Singleton
  @Requires(property = "beans", pattern = "listeners|every one")
  static final class EveryOne implements MigrationListener {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void on(MigrationEvent event) {
      if (event instanceof MigrationEvent.MigrationFinished finished) {
        told.add(finished.step().migration().label());
      }
    }
  }

  /** What a listener that a factory makes was told. */
  @Singleton
  @Requires(property = "beans", value = "listeners")
  static final class Told {
    final List<String> orders = new CopyOnWriteArrayList<>();
  }

  @Factory
  @Requires(property = "beans", value = "listeners")
  static final class OfOrders {
    @Singleton
    @Named("orders")
    MigrationListener listener(Told told) {
      return event -> {
        if (event instanceof MigrationEvent.MigrationFinished finished) {
          told.orders.add(finished.step().migration().label());
        }
      };
    }
  }

  /** A listener that does nothing. */
  abstract static class Idle implements MigrationListener {
    @Override
    public void on(MigrationEvent event) {}
  }

  @Singleton
  @Named("ordres")
  @Requires(property = "beans", value = "misspelt listener")
  static final class Misspelt extends Idle {}

  @Singleton
  @Requires(property = "beans", value = "reentrant listener")
  static final class Reentrant extends Idle {
    Reentrant(DataSource dataSource) {
      assertThat(dataSource).isNotNull();
    }
  }

  /** A data source without a pool, which would stay open when the start fails. */
  @Factory
  @Requires(property = "beans", value = "reentrant listener")
  static final class Plain {
    @Singleton
    DataSource dataSource(@Property(name = "plain.url") String url) {
      return Unpooled.to(url);
    }
  }

  @Singleton
  @Requires(property = "beans", value = "failing listener")
  static final class Failing implements MigrationListener {
    @Override
    public void on(MigrationEvent event) {
      throw new IllegalStateException("cannot listen");
    }
  }

  /** Needs the data source, as most of its kind do. */
  @Singleton
  @Requires(property = "beans", value = "application event")
  static final class OfApplicationEvents implements ApplicationEventListener<MigrationEvent> {
    final List<MigrationEvent> told = new CopyOnWriteArrayList<>();

    OfApplicationEvents(DataSource dataSource) {
      assertThat(dataSource).isNotNull();
    }

    @Override
    public void onApplicationEvent(MigrationEvent event) {
      told.add(event);
    }
  }
}
