package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationEngine;
import dev.migrator.config.RollbackTarget;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to data sources is published to the application's beans. */
@PostgresTest
@Timeout(60)
class ApplicationEventsTest {

  @Test
  void listeners_that_need_the_data_source_are_told_in_order_once_it_is_there(
      TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .dataSource("orders", orders)
        .with("migrator.datasources.default.locations", "classpath:db/migration")
        .with("migrator.datasources.orders.locations", "classpath:orders/migration")
        .beans("events")
        .start()) {
      assertThat(context.getBean(Told.class).events)
          .containsExactly(
              "default: started with 2",
              "default: 0001 notes",
              "default: 0002 first_note",
              "default: finished 2, and there is 1 note",
              "orders: started with 1",
              "orders: 1 orders",
              "orders: finished 1, and there is 1 note");
    }
  }

  @Test
  void what_an_engine_does_later_is_published_while_it_may_still_have_the_only_connection(
      TestDatabase database) {
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("events").start()) {
      List<String> told = context.getBean(Told.class).events;
      told.clear();
      context.getBean(MigrationEngine.class).rollback(RollbackTarget.steps(1));
      Gate.until(() -> told.size() == 3, Duration.ofSeconds(20));
      assertThat(told)
          .containsExactly(
              "default: started with 1",
              "default: 0002 first_note",
              "default: finished 1, and there is 0 note");
    }
  }

  @Test
  void a_listener_that_fails_is_logged_and_the_application_starts(TestDatabase database) {
    try (Log log = new Log();
        ApplicationContext context =
            new Boot().dataSource("default", database).beans("failing event").start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(log.messages()).contains("A listener of MigrationsFinished failed");
    }
  }

  @Test
  void nothing_pending_publishes_nothing(TestDatabase database) {
    new Boot().dataSource("default", database).start().close();
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("events").start()) {
      assertThat(context.getBean(Told.class).events).isEmpty();
    }
  }

  @Singleton
  @Requires(property = "beans", value = "events")
  static class Told {
    final List<String> events = new CopyOnWriteArrayList<>();
    private final DataSource dataSource;

    Told(DataSource dataSource) {
      this.dataSource = dataSource;
    }

    @EventListener
    void started(MigrationsStarted event) {
      events.add(event.dataSource() + ": started with " + event.migrations().size());
    }

    @EventListener
    void applied(MigrationApplied event) {
      events.add(event.dataSource() + ": " + event.step().migration().label());
    }

    @EventListener
    void finished(MigrationsFinished event) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT count(*) FROM notes")) {
        rows.next();
        events.add(event.dataSource() + ": finished " + event.report().steps().size()
            + ", and there is " + rows.getString(1) + " note");
      }
    }
  }

  @Singleton
  @Requires(property = "beans", value = "failing event")
  static final class Failing implements ApplicationEventListener<MigrationsFinished> {
    @Override
    public void onApplicationEvent(MigrationsFinished event) {
      throw new IllegalStateException("cannot listen");
    }
  }
}
