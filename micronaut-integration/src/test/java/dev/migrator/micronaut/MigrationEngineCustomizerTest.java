package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the configuration cannot say, a bean can. */
@PostgresTest
class MigrationEngineCustomizerTest {
  private static final String APPLIED_BY = "SELECT DISTINCT executed_by FROM migration_history";

  @Test
  void a_customizer_has_the_last_word_and_one_with_a_name_concerns_its_data_source_only(
      TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .dataSource("orders", orders)
        .with("migrator.datasources.default.locations", "classpath:db/migration")
        .with("migrator.datasources.orders.locations", "classpath:orders/migration")
        .beans("customizers")
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value(APPLIED_BY)).isEqualTo("the boot of default");
      assertThat(orders.value(APPLIED_BY)).isEqualTo("the boot of orders, second");
    }
  }

  @Test
  void one_whose_name_fits_no_data_source_is_refused(TestDatabase database) {
    assertThat(new Boot()
            .dataSource("default", database)
            .beans("customizers")
            .failure()
            .message())
        .contains("the customizer " + OfOrders.class.getName() + " belongs to no data source");
  }

  @Test
  void one_that_needs_the_data_source_is_refused(TestDatabase database) {
    assertThat(new Boot()
            .with("plain.url", database.jdbcUrl())
            .beans("reentrant customizer")
            .failure()
            .message())
        .contains("a customizer of data source default needs that data source");
  }

  @Singleton
  @Order(1)
  @Requires(property = "beans", value = "customizers")
  static final class OfAll implements MigrationEngineCustomizer {
    @Override
    public void customize(String dataSource, MigrationEngineBuilder engine) {
      engine.appliedBy("the boot of " + dataSource);
    }
  }

  @Singleton
  @Named("orders")
  @Order(2)
  @Requires(property = "beans", value = "customizers")
  static final class OfOrders implements MigrationEngineCustomizer {
    @Override
    public void customize(String dataSource, MigrationEngineBuilder engine) {
      engine.appliedBy("the boot of " + dataSource + ", second");
    }
  }

  @Singleton
  @Requires(property = "beans", value = "reentrant customizer")
  static final class Reentrant implements MigrationEngineCustomizer {
    Reentrant(DataSource dataSource) {
      assertThat(dataSource).isNotNull();
    }

    @Override
    public void customize(String dataSource, MigrationEngineBuilder engine) {}
  }

  /** A data source without a pool, which would stay open when the start fails. */
  @Factory
  @Requires(property = "beans", value = "reentrant customizer")
  static final class Plain {
    @Singleton
    DataSource dataSource(@Property(name = "plain.url") String url) {
      return Unpooled.to(url);
    }
  }
}
