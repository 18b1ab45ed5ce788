package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** The default data source of an application, as its beans see it. */
final class Gate {

  private Gate() {}

  static void assertClosed(ApplicationContext context, String reason) {
    DataSource dataSource = context.getBean(DataSource.class);
    assertThatThrownBy(dataSource::getConnection)
        .isInstanceOf(DataSourceNotReadyException.class)
        .hasMessageStartingWith("data source default is not ready: ")
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("57P03"));
  }

  static String notes(ApplicationContext context) throws SQLException {
    try (Connection connection = context.getBean(DataSource.class).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT text FROM notes")) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  /** Waits until something is so. */
  static void until(BooleanSupplier condition, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
