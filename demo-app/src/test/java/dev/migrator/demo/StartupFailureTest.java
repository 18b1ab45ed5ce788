package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that cannot be migrated does not start: its exit code, and what somebody reads on the console. */
@PostgresTest
class StartupFailureTest {
  private static final String TRACKING_TABLE = "SELECT to_regclass('schema_migrations')";

  @TempDir
  Path scripts;

  @Test
  void a_failing_migration(TestDatabase database) throws IOException {
    copyMigrations();
    Files.writeString(scripts.resolve("0012_discounts.sql"), """
        -- Purpose: Nobody has tried this one
        ALTER TABLE quotes ADD COLUMN discount numeric(5, 2);
        UPDATE quotes SET discount = 0 WHERE discuont IS NULL;
        """);
    TestRole owner = owner(database);

    try (JavaProcess demo = JavaProcess.explodedDemo(named(database, owner, "development"))) {
      assertThat(demo.exitCode()).isEqualTo(2);
      assertOneBlock(demo.output(), owner)
          .contains(
              "The application does not start: data source default was not migrated:\n"
                  + "[MIGRATION_FAILED] 0012_discounts.sql:3:38: 0012 discounts failed: column \"discuont\" does not exist\n")
          .contains("  UPDATE quotes SET discount = 0 WHERE discuont IS NULL\n")
          .contains("  SQLSTATE: 42703\n")
          .contains("  Already done: 0012 discounts left nothing behind.")
          .contains("  Next: correct the script and run again.\n");
    }
    assertThat(database.value("SELECT count(*) FROM schema_migrations WHERE status = 'completed'"))
        .isEqualTo("11");
    assertThat(database.value("SELECT count(*) FROM quotes")).isEqualTo("3");

    // Corrected, the same application starts.
    Files.writeString(scripts.resolve("0012_discounts.sql"), """
        -- Purpose: Tried now
        ALTER TABLE quotes ADD COLUMN discount numeric(5, 2);
        """);
    try (JavaProcess demo = JavaProcess.explodedDemo(named(database, owner, "development"))) {
      assertThat(demo.get("/quotes")).isEqualTo(200);
      assertThat(demo.output())
          .contains("0012     discounts  applied")
          .contains("1 migration applied (database " + database.name());
    }
  }

  @Test
  void the_migration_that_fails_on_request(TestDatabase database) {
    TestRole owner = owner(database);
    try (JavaProcess demo = JavaProcess.explodedDemo(Map.of(
        "DEMO_DATABASE_URL", url(database, owner),
        "MIGRATOR_ENVIRONMENT", "development",
        "DEMO_FAIL", "true"))) {
      assertThat(demo.exitCode()).isEqualTo(2);
      assertOneBlock(demo.output(), owner)
          .contains("0013_charge_late_fees.sql:4:", "column invoices.due_onn does not exist");
    }
  }

  @Test
  void an_edited_migration(TestDatabase database) throws IOException {
    copyMigrations();
    TestRole owner = owner(database);
    try (JavaProcess demo = JavaProcess.explodedDemo(named(database, owner, "development"))) {
      assertThat(demo.get("/quotes")).isEqualTo(200);
    }
    Files.writeString(
        scripts.resolve("0003_create_quotes.sql"),
        "\nALTER TABLE quotes DROP COLUMN title;\n",
        StandardOpenOption.APPEND);

    try (JavaProcess demo = JavaProcess.explodedDemo(named(database, owner, "development"))) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertOneBlock(demo.output(), owner)
          .contains("[VALIDATION_FAILED] one migration does not agree with the database.\n")
          .contains("0003")
          .contains("Already done: nothing was changed in the database.");
    }
  }

  @Test
  void production_that_nobody_confirmed(TestDatabase database) {
    TestRole owner = owner(database);

    // An address and nothing else: nobody said what the database is for.
    try (JavaProcess demo =
        JavaProcess.explodedDemo(Map.of("DEMO_DATABASE_URL", url(database, owner)))) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertOneBlock(demo.output(), owner)
          .contains(
              "[PRODUCTION_UNCONFIRMED] nobody said what this database is for, so it counts as production")
          .contains("apply 0001 create_customers, ")
          .contains("MIGRATOR_ENVIRONMENT=development")
          .contains("CONFIRM_PRODUCTION_MIGRATION=true")
          .contains("migrator.datasources.default.confirm-production=true");
    }
    assertThat(database.value(TRACKING_TABLE)).isEqualTo("NULL");

    try (JavaProcess demo = JavaProcess.explodedDemo(Map.of(
        "DEMO_DATABASE_URL", url(database, owner),
        "MICRONAUT_ENVIRONMENTS", "prod",
        "CONFIRM_PRODUCTION_MIGRATION", "true"))) {
      assertThat(demo.get("/quotes")).isEqualTo(200);
      assertThat(demo.output()).contains("11 migrations applied", "environment production");
    }

    // What is applied needs nobody's word.
    try (JavaProcess demo =
        JavaProcess.explodedDemo(Map.of("DEMO_DATABASE_URL", url(database, owner)))) {
      assertThat(demo.get("/quotes")).isEqualTo(200);
      assertThat(demo.output()).contains("Up to date: nothing to apply");
    }
  }

  @Test
  void a_database_that_cannot_be_reached() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    try (JavaProcess demo = JavaProcess.explodedDemo(
        Map.of("DEMO_DATABASE_URL", "postgresql://quotes:swordfish@localhost:" + port + "/shop"))) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertOneBlock(demo.output())
          .doesNotContain("swordfish")
          .contains(
              "The application does not start: [DATABASE_UNREACHABLE] no connection to the database: "
                  + "Connection to localhost:" + port + " refused.")
          .contains(
              "Next: check that the server runs, and the address, the user and the password.");
    }
  }

  @Test
  void a_password_that_is_wrong(TestDatabase database) {
    TestRole owner = owner(database);
    TestRole mistaken = new TestRole(owner.name(), "swordfish");
    try (JavaProcess demo =
        JavaProcess.explodedDemo(Map.of("DEMO_DATABASE_URL", url(database, mistaken)))) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertOneBlock(demo.output(), mistaken)
          .contains("[DATABASE_UNREACHABLE]", "password authentication failed for user");
    }
  }

  @Test
  void an_address_that_is_none() {
    try (JavaProcess demo = JavaProcess.explodedDemo(
        Map.of("DEMO_DATABASE_URL", "mysql://quotes:swordfish@localhost/shop"))) {
      assertThat(demo.exitCode()).isEqualTo(5);
      assertOneBlock(demo.output())
          .doesNotContain("swordfish")
          .contains("the database URL must begin with postgresql://");
    }
  }

  @Test
  void an_address_that_micronaut_does_not_know() {
    try (JavaProcess demo = JavaProcess.explodedDemo(
        Map.of("DATASOURCES_DEFAULT_URL", "postgresql://quotes:swordfish@localhost/shop"))) {
      assertThat(demo.exitCode()).isEqualTo(1);
      assertThat(demo.output())
          .doesNotContain("swordfish")
          .contains("Invalid JDBC URL [postgresql://quotes:****@localhost/shop]");
    }
  }

  @Test
  void a_setting_that_does_not_exist(TestDatabase database) {
    Map<String, String> variables = new HashMap<>(named(database, owner(database), "development"));
    variables.put("MIGRATOR_DATASOURCES_DEFAULT_NAMING", "alphabetical");
    try (JavaProcess demo = JavaProcess.explodedDemo(variables)) {
      assertThat(demo.exitCode()).isEqualTo(5);
      assertOneBlock(demo.output())
          .contains(
              "[CONFIGURATION_INVALID] migrator.datasources.default.naming cannot be 'alphabetical'");
    }
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertOneBlock(
      String output, TestRole... roles) {
    assertThat(output.lines().filter(line -> line.contains(" ERROR ")))
        .as(output)
        .hasSize(1);
    for (TestRole role : roles) {
      assertThat(output).doesNotContain(role.password(), encoded(role.password()));
    }
    return assertThat(output).doesNotContain("\tat ", "Exception", "Server Running");
  }

  /** The demo on the scripts of this test. */
  private Map<String, String> named(TestDatabase database, TestRole role, String environment) {
    return Map.of(
        "DEMO_DATABASE_URL",
        url(database, role),
        "MIGRATOR_ENVIRONMENT",
        environment,
        "MIGRATOR_DATASOURCES_DEFAULT_LOCATIONS",
        isEmpty(scripts) ? "classpath:db/migration" : "filesystem:" + scripts);
  }

  /** The address as people write it. */
  private static String url(TestDatabase database, TestRole role) {
    return "postgresql://" + role.name() + ":" + encoded(role.password()) + "@"
        + database.jdbcUrl().substring("jdbc:postgresql://".length());
  }

  private static String encoded(String password) {
    return URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Owns the database and is nothing else. */
  private static TestRole owner(TestDatabase database) {
    TestRole owner = database.createRole();
    database.execute("ALTER DATABASE " + database.name() + " OWNER TO " + owner.name());
    database.execute("ALTER SCHEMA public OWNER TO " + owner.name());
    return owner;
  }

  private void copyMigrations() throws IOException {
    URL folder = Objects.requireNonNull(getClass().getResource("/db/migration"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.toList()) {
        Files.copy(file, scripts.resolve(file.getFileName()));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
