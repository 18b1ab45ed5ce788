package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
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
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other pools than Hikari, each with one connection, and data sources that depend on each other. */
@PostgresTest
@Timeout(60)
class PoolsTest {

  @ParameterizedTest
  @ValueSource(strings = {"dbcp2", "tomcat"})
  void nobody_sees_the_pool_before_it_is_migrated(String pool, TestDatabase database)
      throws SQLException {
    try (ApplicationContext context = boot(database, pool).start()) {
      assertThat(context.getBean(Eager.class).notes).isEqualTo("migrated");
      // The one connection is back, as it was.
      try (Connection connection = context.getBean(DataSource.class).getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.isReadOnly()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dbcp2", "tomcat"})
  void a_pool_is_gated_while_it_is_migrated_in_the_background(
      String pool, TestDatabase database, @TempDir Path folder) throws SQLException, IOException {
    Files.writeString(
        folder.resolve("01_notes.sql"),
        "create table notes as select 'migrated' as text; select pg_advisory_xact_lock(77)");
    try (Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      lock.execute("select pg_advisory_lock(77)");
      try (ApplicationContext context = boot(database, pool + " lazy")
          .with("migrator.datasources.default.locations", "filesystem:" + folder)
          .with("migrator.datasources.default.background", true)
          .with("migrator.datasources.default.background-wait", "50ms")
          .start()) {
        Gate.assertClosed(context, "");
        lock.execute("select pg_advisory_unlock(77)");
        MigratedDataSource migrated =
            context.getBean(MigratedDataSources.class).find("default").orElseThrow();
        Gate.until(() -> migrated.status().state() == BootState.DONE, Duration.ofSeconds(30));
        assertThat(Gate.notes(context)).isEqualTo("migrated");
      }
    }
  }

  @Test
  void a_pool_that_is_a_bean_of_its_own_class_is_migrated_and_cannot_be_gated(
      TestDatabase database) {
    Boot boot = boot(database, "by class");
    assertThat(
            boot.with("migrator.datasources.default.background", true).failure().message())
        .contains("is a bean of type " + BasicDataSource.class.getName())
        .contains("let the factory's method return javax.sql.DataSource");
    assertThat(database.value("SELECT to_regclass('notes')")).isEqualTo("NULL");
    try (ApplicationContext context =
        boot.with("migrator.datasources.default.background", false).start()) {
      assertThat(note(context.getBean(BasicDataSource.class))).isEqualTo("migrated");
    }
  }

  @Test
  void a_data_source_that_is_made_from_another_one_finds_it_migrated(TestDatabase database) {
    TestDatabase second = database.sibling();
    try (ApplicationContext context = new Boot()
        .beans("dependent")
        .with("plain.url", database.jdbcUrl())
        .with("second.url", second.jdbcUrl())
        .with("migrator.datasources.first.locations", "classpath:db/migration")
        .with("migrator.datasources.a-second.locations", "classpath:orders/migration")
        .start()) {
      assertThat(context.getBean(Dependent.class).seen).containsExactly("migrated");
      assertThat(second.value("SELECT count(*) FROM orders")).isEqualTo("0");
      assertThat(context.getBean(MigratedDataSources.class).all())
          .allSatisfy(one -> assertThat(one.status().state()).isEqualTo(BootState.DONE));
    }
  }

  @Test
  void when_the_first_fails_the_second_is_not_made(TestDatabase database) {
    TestDatabase second = database.sibling();
    database.execute("CREATE TABLE notes ()");
    assertThatThrownBy(new Boot()
            .beans("dependent")
            .with("plain.url", database.jdbcUrl())
            .with("second.url", second.jdbcUrl())
            .with("migrator.datasources.first.locations", "classpath:db/migration")
            .with("migrator.datasources.a-second.locations", "classpath:orders/migration")
            .builder()::start)
        .satisfies(e -> assertThat(StartupFailure.of(e)).hasValueSatisfying(failure -> {
          assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
          assertThat(failure.message()).contains("data source first was not migrated");
        }));
    assertThat(second.value("SELECT to_regclass('orders')")).isEqualTo("NULL");
  }

  private static Boot boot(TestDatabase database, String beans) {
    return new Boot().beans(beans).with("plain.url", database.jdbcUrl());
  }

  private static String note(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT text FROM notes")) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BasicDataSource dbcp2(String url) {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl(url);
    pool.setUsername("postgres");
    pool.setPassword("postgres");
    pool.setMaxTotal(1);
    return pool;
  }

  private static org.apache.tomcat.jdbc.pool.DataSource tomcat(String url) {
    PoolProperties properties = new PoolProperties();
    properties.setDriverClassName("org.postgresql.Driver");
    properties.setUrl(url);
    properties.setUsername("postgres");
    properties.setPassword("postgres");
    properties.setInitialSize(1);
    properties.setMaxActive(1);
    return new org.apache.tomcat.jdbc.pool.DataSource(properties);
  }

  @Factory
  @Requires(property = "beans", pattern = "(dbcp2|tomcat).*")
  static class Pools {
    private final String name;
    private AutoCloseable open = () -> {};

    Pools(@Property(name = "beans") String name) {
      this.name = name;
    }

    @Singleton
    DataSource dataSource(@Property(name = "plain.url") String url) {
      if (name.startsWith("dbcp2")) {
        BasicDataSource pool = dbcp2(url);
        open = pool;
        return pool;
      }
      org.apache.tomcat.jdbc.pool.DataSource pool = tomcat(url);
      open = pool::close;
      return pool;
    }

    @PreDestroy
    void close() throws Exception {
      open.close();
    }
  }

  @Factory
  @Requires(property = "beans", value = "by class")
  static final class ByClass {
    @Singleton
    @Bean(preDestroy = "close")
    BasicDataSource dataSource(@Property(name = "plain.url") String url) {
      return dbcp2(url);
    }
  }

  @Context
  @Requires(property = "beans", pattern = "dbcp2|tomcat")
  static final class Eager {
    final String notes;

    Eager(DataSource dataSource) {
      this.notes = note(dataSource);
    }
  }

  /** Its second data source needs the first one, and comes before it by its name. */
  @Factory
  @Requires(property = "beans", value = "dependent")
  static class Dependent {
    final List<String> seen = new ArrayList<>();

    @Singleton
    @Named("first")
    DataSource first(@Property(name = "plain.url") String url) {
      return Unpooled.to(url);
    }

    @Singleton
    @Named("a-second")
    DataSource second(@Named("first") DataSource first, @Property(name = "second.url") String url) {
      seen.add(note(first));
      return Unpooled.to(url);
    }
  }
}
