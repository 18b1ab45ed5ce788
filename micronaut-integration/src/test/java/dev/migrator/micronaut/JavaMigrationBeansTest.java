package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.JavaMigration;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Migrations written in Java are beans. */
@PostgresTest
@Timeout(60)
class JavaMigrationBeansTest {

  @Test
  void each_runs_on_the_data_source_of_its_name_with_what_was_injected(TestDatabase database) {
    TestDatabase orders = database.sibling();
    for (int boot = 0; boot < 2; boot++) {
      try (ApplicationContext context =
          twoDataSources(database, orders).beans("java").start()) {
        assertThat(context.isRunning()).isTrue();
      }
    }
    assertThat(database.query("SELECT text FROM notes ORDER BY text"))
        .containsExactly(List.of("LOUD"), List.of("migrated"));
    assertThat(orders.query("SELECT version, script FROM schema_migrations ORDER BY applied_rank"))
        .containsExactly(
            List.of("1", "V1__orders.sql"), List.of("2", OrdersMigration.class.getName()));
    assertThat(database.query("SELECT version FROM schema_migrations ORDER BY applied_rank"))
        .containsExactly(List.of("0001"), List.of("0002"), List.of("0003"));
  }

  @Test
  void one_that_belongs_to_no_data_source_is_refused(TestDatabase database) {
    Boot boot = new Boot().dataSource("default", database).beans("misspelt");
    assertThatThrownBy(boot::start)
        .hasStackTraceContaining(MisspeltMigration.class.getName() + " belongs to no data source")
        .hasStackTraceContaining("there is: default");
    assertThat(database.value("SELECT to_regclass('notes')")).isEqualTo("NULL");
  }

  @Test
  void one_that_needs_its_own_data_source_is_refused(TestDatabase database) {
    Boot boot = new Boot().beans("reentrant").with("plain.url", database.jdbcUrl());
    assertThatThrownBy(boot::start)
        .hasStackTraceContaining("needs that data source to be created")
        .hasStackTraceContaining("use the connection that its method is given");
    assertThat(database.value("SELECT to_regclass('notes')")).isEqualTo("NULL");
  }

  @Test
  void switched_off_none_is_created(TestDatabase database) {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .beans("misspelt")
        .with("migrator.enabled", false)
        .start()) {
      assertThat(context.isRunning()).isTrue();
    }
  }

  private static Boot twoDataSources(TestDatabase database, TestDatabase orders) {
    return new Boot()
        .dataSource("default", database)
        .dataSource("orders", orders)
        .with("migrator.datasources.default.locations", "classpath:db/migration")
        .with("migrator.datasources.orders.locations", "classpath:orders/migration");
  }

  /** What a migration needs besides its connection. */
  @Singleton
  @Requires(property = "beans", value = "java")
  static final class Voice {
    String raised(String text) {
      return text.toUpperCase(Locale.ROOT);
    }
  }

  @Singleton
  @Requires(property = "beans", value = "java")
  static final class NotesMigration implements JavaMigration {
    private final Voice voice;

    NotesMigration(Voice voice) {
      this.voice = voice;
    }

    @Override
    public String version() {
      return "0003";
    }

    @Override
    public String description() {
      return "loud_note";
    }

    @Override
    public String checksum() {
      return "1";
    }

    @Override
    public void apply(Connection connection) throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO notes (text) VALUES (?)")) {
        insert.setString(1, voice.raised("loud"));
        insert.executeUpdate();
      }
    }
  }

  /** A migration that does nothing. */
  abstract static class Idle implements JavaMigration {
    @Override
    public String version() {
      return "2";
    }

    @Override
    public String description() {
      return "idle";
    }

    @Override
    public String checksum() {
      return "1";
    }

    @Override
    public void apply(Connection connection) {}
  }

  @Singleton
  @Named("orders")
  @Requires(property = "beans", value = "java")
  static final class OrdersMigration extends Idle {}

  @Singleton
  @Named("ordres")
  @Requires(property = "beans", value = "misspelt")
  static final class MisspeltMigration extends Idle {}

  @Singleton
  @Requires(property = "beans", value = "reentrant")
  static final class ReentrantMigration extends Idle {
    ReentrantMigration(DataSource dataSource) {
      assertThat(dataSource).isNotNull();
    }
  }

  @Factory
  @Requires(property = "beans", value = "reentrant")
  static final class Plain {
    @Singleton
    DataSource dataSource(@Property(name = "plain.url") String url) {
      return Unpooled.to(url);
    }
  }
}
