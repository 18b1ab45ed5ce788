package dev.migrator.demo.quotes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A repository of Micronaut Data that is used while the application starts finds its tables. */
@PostgresTest
class EagerRepositoryTest {

  @Test
  void a_bean_that_is_created_first_of_all_reads_what_a_migration_wrote(TestDatabase database) {
    try (ApplicationContext context = ApplicationContext.run(
        Map.of(
            "datasources.default.url", database.jdbcUrl(),
            "datasources.default.username", database.user(),
            "datasources.default.password", database.password(),
            "datasources.default.maximum-pool-size", 1,
            "eager.quotes", true),
        "test")) {
      assertThat(context.getBean(EagerQuotes.class).found).hasSize(3);
    }
  }

  @Context
  @Order(Ordered.HIGHEST_PRECEDENCE)
  @Requires(property = "eager.quotes")
  static final class EagerQuotes {
    final List<QuoteSummary> found;

    EagerQuotes(QuoteRepository quotes) {
      this.found = quotes.find("");
    }
  }
}
