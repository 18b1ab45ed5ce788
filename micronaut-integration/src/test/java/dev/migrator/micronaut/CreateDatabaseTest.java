package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import io.micronaut.context.ApplicationContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that does not exist is created on request. */
@PostgresTest
class CreateDatabaseTest {
  private static final String DEFAULT = "migrator.datasources.default.";

  private String missing = "";
  private TestDatabase present;

  @BeforeEach
  void name(TestDatabase database) {
    present = database;
    missing = database.name() + " new";
  }

  @AfterEach
  void drop() {
    present.execute("DROP DATABASE IF EXISTS \"" + missing + "\"");
  }

  @Test
  void it_is_created_before_the_pool_connects_to_it() throws Exception {
    try (Log log = new Log();
        ApplicationContext context =
            boot().with(DEFAULT + "create-database", true).start()) {
      assertThat(Gate.notes(context)).isEqualTo("migrated");
      assertThat(log.messages()).contains("Database " + missing + " did not exist and was created");
    }
  }

  @Test
  void one_that_exists_is_left_as_it_is() {
    try (Log log = new Log();
        ApplicationContext context = new Boot()
            .dataSource("default", present)
            .with(DEFAULT + "create-database", true)
            .start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(log.messages()).noneMatch(line -> line.contains("was created"));
    }
  }

  @Test
  void without_the_request_none_is_created() {
    assertThat(boot().failure().message()).contains("does not exist");
    assertThat(databases()).isEqualTo("0");
  }

  @Test
  void in_production_none_is_created_without_a_confirmation() throws Exception {
    Boot boot = boot().environments().with(DEFAULT + "create-database", true);
    assertThat(boot.failure().message()).contains("does not exist");
    assertThat(databases()).isEqualTo("0");
    try (ApplicationContext context =
        boot.with(DEFAULT + "confirm-production", true).start()) {
      assertThat(Gate.notes(context)).isEqualTo("migrated");
    }
  }

  @Test
  void who_runs_the_migrations_creates_it_and_owns_it() throws Exception {
    TestRole owner = present.createRole("CREATEDB");
    try (ApplicationContext context = boot()
        .with(DEFAULT + "create-database", true)
        .with(DEFAULT + "username", owner.name())
        .with(DEFAULT + "password", owner.password())
        .start()) {
      assertThat(Gate.notes(context)).isEqualTo("migrated");
      assertThat(present.value(
              "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = ?", missing))
          .isEqualTo(owner.name());
    } finally {
      drop();
    }
  }

  @Test
  void a_role_that_may_not_create_databases_is_told_so() {
    TestRole role = present.createRole();
    assertThat(boot()
            .with("datasources.default.username", role.name())
            .with("datasources.default.password", role.password())
            .with(DEFAULT + "create-database", true)
            .failure())
        .satisfies(failure -> {
          assertThat(failure.code()).isEqualTo(FailureCode.PRIVILEGES_MISSING);
          assertThat(failure.message()).contains("ALTER ROLE .. CREATEDB");
        });
  }

  private String databases() {
    return present.value("SELECT count(*) FROM pg_database WHERE datname = ?", missing);
  }

  private Boot boot() {
    return new Boot()
        .dataSource("default", present)
        .with(
            "datasources.default.url",
            present.jdbcUrl().replace(present.name(), missing.replace(" ", "%20")));
  }
}
