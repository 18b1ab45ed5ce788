package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With Micronaut Data, beans get their connections from what it wraps around a data source. */
@PostgresTest
@Timeout(60)
class MicronautDataTest {

  @Test
  void transactions_wait_at_the_gate_while_the_data_source_is_migrated(
      TestDatabase database, @TempDir Path folder) throws SQLException, IOException {
    Files.writeString(
        folder.resolve("01_notes.sql"),
        "create table notes as select 'migrated' as text; select pg_advisory_xact_lock(77)");
    try (Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      lock.execute("select pg_advisory_lock(77)");
      try (ApplicationContext context = new Boot()
          .withMicronautData()
          .beans("data")
          .dataSource("default", database)
          .with("migrator.datasources.default.locations", "filesystem:" + folder)
          .with("migrator.datasources.default.background", true)
          .with("migrator.datasources.default.background-wait", "50ms")
          .start()) {
        Notes notes = context.getBean(Notes.class);
        assertThatThrownBy(notes::inTransaction)
            .hasRootCauseInstanceOf(DataSourceNotReadyException.class)
            .rootCause()
            .hasMessageStartingWith("data source default is not ready: ");
        assertThatThrownBy(notes::connected)
            .hasRootCauseInstanceOf(DataSourceNotReadyException.class);

        lock.execute("select pg_advisory_unlock(77)");
        MigratedDataSource migrated =
            context.getBean(MigratedDataSources.class).find("default").orElseThrow();
        Gate.until(() -> migrated.status().state() == BootState.DONE, Duration.ofSeconds(30));
        assertThat(notes.inTransaction()).isEqualTo("migrated");
        assertThat(notes.connected()).isEqualTo("migrated");
      }
    }
  }

  @Test
  void each_of_two_data_sources_is_migrated_and_has_its_own_transactions(TestDatabase database) {
    TestDatabase orders = database.sibling();
    try (ApplicationContext context = new Boot()
        .withMicronautData()
        .beans("data and orders")
        .dataSource("default", database)
        .dataSource("orders", orders)
        .with("migrator.datasources.default.enabled", true)
        .with("migrator.datasources.orders.locations", "classpath:orders/migration")
        .start()) {
      assertThat(context.getBean(Notes.class).inTransaction()).isEqualTo("migrated");
      assertThat(context.getBean(Orders.class).count()).isEqualTo("0");
    }
  }

  private static String first(Connection connection, String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Singleton
  @Requires(property = "beans", pattern = "data.*")
  static class Notes {
    private final Connection connection;

    Notes(Connection connection) {
      this.connection = connection;
    }

    @Transactional
    String inTransaction() {
      return first(connection, "SELECT text FROM notes");
    }

    @Connectable
    String connected() {
      return first(connection, "SELECT text FROM notes");
    }
  }

  @Singleton
  @Requires(property = "beans", value = "data and orders")
  static class Orders {
    private final Connection connection;

    Orders(@Named("orders") Connection connection) {
      this.connection = connection;
    }

    @Transactional("orders")
    String count() {
      return first(connection, "SELECT count(*) FROM orders");
    }
  }
}
