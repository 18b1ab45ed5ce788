package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Parallel;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Nothing can see a data source before its migrations are done. */
@PostgresTest
class OrderTest {

  @Test
  void a_bean_that_is_created_first_of_all_sees_the_migrated_schema(TestDatabase database) {
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("eager").start()) {
      assertThat(context.getBean(EagerReader.class).notes).containsExactly("migrated");
    }
  }

  @Test
  void a_listener_of_the_start_sees_the_migrated_schema(TestDatabase database) {
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("listener").start()) {
      assertThat(context.getBean(StartReader.class).notes).containsExactly("migrated");
    }
  }

  @Test
  void a_bean_that_is_created_in_parallel_sees_the_migrated_schema(TestDatabase database) {
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("parallel").start()) {
      assertThat(context.getBean(Seen.class).notes)
          .succeedsWithin(Duration.ofSeconds(10))
          .isEqualTo(List.of("migrated"));
    }
  }

  @Test
  void singletons_that_are_all_created_eagerly_see_the_migrated_schema(TestDatabase database) {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .beans("eager")
        .builder()
        .eagerInitSingletons(true)
        .eagerInitConfiguration(true)
        .start()) {
      assertThat(context.getBean(EagerReader.class).notes).containsExactly("migrated");
    }
  }

  @Test
  void a_lazy_data_source_is_migrated_at_boot_although_nobody_asks_for_it(TestDatabase database) {
    try (ApplicationContext context = Boot.plain(database, "named")
        .with("migrator.datasources.late-orders.locations", "classpath:orders/migration")
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo("0");
    }
  }

  @Test
  void a_plain_data_source_without_a_name_is_the_default_one(TestDatabase database) {
    try (ApplicationContext context = Boot.plain(database, "unnamed").start()) {
      assertThat(notes(context.getBean(DataSource.class))).containsExactly("migrated");
    }
  }

  @Test
  void a_primary_data_source_with_a_name_is_known_by_its_name(TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (ApplicationContext context = Boot.plain(database, "primary")
        .with("second.url", orders.jdbcUrl())
        .with("migrator.datasources.main.enabled", true)
        .with("migrator.datasources.orders.locations", "classpath:orders/migration")
        .start()) {
      assertThat(notes(context.getBean(DataSource.class))).containsExactly("migrated");
      assertThat(database.value("SELECT to_regclass('orders')")).isEqualTo("NULL");
      assertThat(orders.value("SELECT count(*) FROM orders")).isEqualTo("0");
      assertThat(orders.value("SELECT to_regclass('notes')")).isEqualTo("NULL");
    }
  }

  @Test
  void the_engine_works_beneath_what_others_wrap_around_a_data_source(TestDatabase database) {
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("wrapped").start()) {
      DataSource dataSource = context.getBean(DataSource.class);
      assertThat(dataSource).isInstanceOf(Counting.class);
      assertThat(((Counting) dataSource).connections.get()).isZero();
      assertThat(notes(dataSource)).containsExactly("migrated");
    }
  }

  @Test
  void a_pool_of_one_connection_has_it_back_afterwards(TestDatabase database) throws SQLException {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .with("datasources.default.maximum-pool-size", 1)
        .with("datasources.default.connection-timeout", 1000)
        .start()) {
      assertThat(notes(context.getBean(DataSource.class))).containsExactly("migrated");
      try (Connection connection = context.getBean(DataSource.class).getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
      }
    }
  }

  private static List<String> notes(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT text FROM notes")) {
      rows.next();
      return List.of(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Context
  @Order(Ordered.HIGHEST_PRECEDENCE)
  @Requires(property = "beans", value = "eager")
  static final class EagerReader {
    final List<String> notes;

    EagerReader(DataSource dataSource) {
      this.notes = OrderTest.notes(dataSource);
    }
  }

  @Singleton
  @Requires(property = "beans", value = "listener")
  static class StartReader {
    private final BeanProvider<DataSource> dataSource;
    List<String> notes = List.of();

    StartReader(BeanProvider<DataSource> dataSource) {
      this.dataSource = dataSource;
    }

    @EventListener
    void started(StartupEvent event) {
      notes = OrderTest.notes(dataSource.get());
    }
  }

  @Parallel
  @Singleton
  @Requires(property = "beans", value = "parallel")
  static final class ParallelReader {
    ParallelReader(DataSource dataSource, Seen seen) {
      seen.notes.complete(OrderTest.notes(dataSource));
    }
  }

  @Singleton
  @Requires(property = "beans", value = "parallel")
  static final class Seen {
    final CompletableFuture<List<String>> notes = new CompletableFuture<>();
  }

  @Factory
  @Requires(property = "beans", value = "unnamed")
  static final class Unnamed {
    @Singleton
    DataSource dataSource(@Property(name = "plain.url") String url) {
      return Unpooled.to(url);
    }
  }

  @Factory
  @Requires(property = "beans", value = "named")
  static final class LazyNamed {
    @Singleton
    @Named("lateOrders")
    DataSource dataSource(@Property(name = "plain.url") String url) {
      return Unpooled.to(url);
    }
  }

  @Factory
  @Requires(property = "beans", value = "primary")
  static final class PrimaryAndSecond {
    /** How often the second one was made: it is made anew each time. */
    final AtomicInteger orders = new AtomicInteger();

    @Primary
    @Singleton
    @Named("main")
    DataSource main(@Property(name = "plain.url") String url) {
      return Unpooled.to(url);
    }

    @Bean
    @Named("orders")
    DataSource orders(@Property(name = "second.url") String url) {
      orders.incrementAndGet();
      return Unpooled.to(url);
    }
  }

  @Singleton
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  @Requires(property = "beans", value = "wrapped")
  static final class Wrapper implements BeanCreatedEventListener<DataSource> {
    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
      return new Counting(event.getBean());
    }
  }
}
