package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.Connections;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Migrations may run as somebody else, and on another address, than the application. */
@PostgresTest
class MigrationRoleTest {
  private static final String DEFAULT = "migrator.datasources.default.";

  @Test
  void the_application_s_role_needs_no_right_to_create_anything(TestDatabase database)
      throws SQLException {
    TestRole owner = database.createRole();
    TestRole application = database.createRole();
    database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    database.execute("GRANT CREATE, USAGE ON SCHEMA public TO " + owner.name());
    database.execute("ALTER DEFAULT PRIVILEGES FOR ROLE " + owner.name()
        + " IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO " + application.name());
    Boot boot = new Boot()
        .dataSource("default", database)
        .with("datasources.default.username", application.name())
        .with("datasources.default.password", application.password());
    assertThat(boot.failure().code()).isEqualTo(FailureCode.PRIVILEGES_MISSING);

    try (ApplicationContext context = boot.with(DEFAULT + "username", owner.name())
        .with(DEFAULT + "password", owner.password())
        .start()) {
      assertThat(Gate.notes(context)).isEqualTo("migrated");
      assertThat(database.value("SELECT tableowner FROM pg_tables WHERE tablename = 'notes'"))
          .isEqualTo(owner.name());
      try (Connection connection = context.getBean(DataSource.class).getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("CREATE TABLE t ()"))
            .hasMessageContaining("permission denied for schema public");
      }
    }
  }

  @Test
  void migrations_run_on_the_address_that_is_theirs(TestDatabase database) {
    TestDatabase elsewhere = database.sibling();
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .with(DEFAULT + "url", elsewhere.jdbcUrl())
        .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(elsewhere.value("SELECT count(*) FROM notes")).isEqualTo("1");
      assertThat(database.value("SELECT to_regclass('notes')")).isEqualTo("NULL");
    }
  }

  @Test
  void an_address_of_their_own_and_a_direct_one_contradict_each_other(TestDatabase database) {
    assertThat(new Boot()
            .dataSource("default", database)
            .with(DEFAULT + "url", database.jdbcUrl())
            .with(DEFAULT + "direct-url", database.jdbcUrl())
            .failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
          assertThat(failure.message()).contains("leave direct-url out");
        });
  }

  @Test
  void a_wrong_password_is_told_without_the_password(TestDatabase database) {
    TestRole owner = database.createRole();
    assertThat(new Boot()
            .dataSource("default", database)
            .with(DEFAULT + "username", owner.name())
            .with(DEFAULT + "password", "wrong and secret")
            .failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_UNREACHABLE);
          assertThat(failure.message()).contains(owner.name()).doesNotContain("wrong and secret");
        });
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, owner, secret, jdbc:postgresql://pool/d, owner, secret",
        "-, owner, -, jdbc:postgresql://pool/d, owner, -",
        "-, app, -, jdbc:postgresql://pool/d, app, of the app",
        "-, -, other, jdbc:postgresql://pool/d, app, other",
        "postgresql://h/d, -, -, jdbc:postgresql://h/d, app, of the app",
        "postgresql://me:own@h/d, -, -, jdbc:postgresql://h/d, me, own",
        "postgresql://me@h/d, -, -, jdbc:postgresql://h/d, me, -",
        "postgresql://me:own@h/d, owner, -, jdbc:postgresql://h/d, owner, -",
        "postgresql://h/d, owner, secret, jdbc:postgresql://h/d, owner, secret",
        "postgresql://:own@h/d, -, -, jdbc:postgresql://h/d, app, own",
      })
  void what_is_not_said_is_the_data_source_s(
      String url, String username, String password, String address, String user, String secret) {
    Connections dataSource =
        Connections.to("jdbc:postgresql://pool/d").withUser("app").withPassword("of the app");
    Connections own = new BootOptions(
            "default", null, null, null, url, username, password, false, false, null)
        .connections(Optional.of(dataSource));
    assertThat(own.jdbcUrl()).isEqualTo(address);
    assertThat(own.user().orElse(null)).isEqualTo(user);
    assertThat(own.password().orElse(null)).isEqualTo(secret);
  }

  @Test
  void without_any_address_one_has_to_be_given() {
    assertThatThrownBy(
            () -> new BootOptions("x", null, null, null, null, "me", null, false, false, null)
                .connections(Optional.empty()))
        .hasMessageContaining("set migrator.datasources.x.url");
  }

  @Test
  void the_password_is_not_printed() {
    assertThat(new BootOptions("x", null, null, null, null, "me", "secret", false, false, null))
        .asString()
        .doesNotContain("secret");
  }
}
