package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options that every verb has, each seen to reach the engine. */
@PostgresTest
class OptionsTest {

  @TempDir
  Path folder;

  private TestDatabase database;
  private Shell shell;

  @BeforeEach
  void oneMigration(TestDatabase fresh) {
    database = fresh;
    shell = new Shell(folder, fresh).script("01_people.sql", "create table people (id int);");
  }

  @Test
  void theTrackingTableIsWhereItIsSaidToBe() {
    assertThat(shell.run("migrate", "--schema", "ops").exitCode()).isEqualTo(1);
    assertThat(shell
            .run(
                "migrate",
                "--schema",
                "ops",
                "--create-schema",
                "--table",
                "Done",
                "--applied-by",
                "ada")
            .exitCode())
        .isZero();
    assertThat(database.query("select version, applied_by from ops.\"Done\""))
        .containsExactly(List.of("01", "ada"));
  }

  @Test
  void scriptsHaveTheirSettings() {
    database.execute("create schema app; create schema lib");
    shell.script(
        "02_where.sql",
        "create table w as select current_schema() s, current_setting('TimeZone') z, current_schemas(false) p");
    assertThat(shell
            .run("migrate", "--search-path", "app,lib", "--time-zone", "Asia/Tokyo", "--stepwise")
            .exitCode())
        .isZero();
    assertThat(database.query("select s, z, p from app.w"))
        .containsExactly(List.of("app", "Asia/Tokyo", "{app,lib}"));
  }

  @Test
  void placeholdersAreReplaced() {
    shell.script(
        "02_words.sql", "create table w as select '${a}' a, '${b}' b, $$${a}$$ c, '${none}' d");
    String[] options = {
      "migrate", "--placeholder", "a=x=y", "--placeholder=b=", "--placeholders-in-bodies"
    };
    CommandRun run = shell.run(options);
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("02_words.sql:1:59: no value is configured for ${none}");
    shell.script("02_words.sql", "create table w as select '${a}' a, '${b}' b, $$${a}$$ c");
    assertThat(shell.run(options).exitCode()).isZero();
    assertThat(database.query("select a, b, c from w")).containsExactly(List.of("x=y", "", "x=y"));
  }

  @Test
  void severalLocationsAndTheFoldersWithinThem() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other/deep"));
    Files.writeString(other.resolve("02_towns.sql"), "create table towns (id int);");
    CommandRun run = shell.run(
        "migrate",
        "--location",
        folder.toString(),
        "--location=filesystem:" + folder.resolve("other"),
        "--allow-empty");
    assertThat(run.out()).contains("1 migration applied");
    assertThat(shell.run("migrate", "--recursive").out()).contains("1 migration applied");
  }

  @Test
  void withoutALocationTheFolderIsDbMigration() {
    CommandRun run = shell.runExactly(List.of("status"));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("LOCATION_NOT_FOUND", "db/migration");
  }

  @Test
  void theNamingConventionMayBeInsistedOn() {
    assertThat(shell.run("status", "--naming", "flyway").err()).contains("SCRIPT_NAME_INVALID");
    assertThat(shell.run("status", "--naming", "numbered").exitCode()).isZero();
  }

  @Test
  void duplicatesMayBeAllowed() {
    shell.script("01_animals.sql", "create table animals (id int);");
    assertThat(shell.run("migrate").err()).contains("DUPLICATE_VERSION");
    assertThat(shell.run("migrate", "--duplicates", "run-in-name-order").out())
        .contains("2 migrations applied");
  }

  @Test
  void missingScriptsMayBeTolerated() throws IOException {
    shell.script("02_towns.sql", "create table towns (id int);");
    shell.run("migrate");
    Files.delete(folder.resolve("01_people.sql"));
    assertThat(shell.run("migrate").err()).contains("VALIDATION_FAILED");
    assertThat(shell.run("migrate", "--missing=tolerate").exitCode()).isZero();
  }

  @Test
  void oneTransactionForAll() {
    shell.script("02_bad.sql", "select 1/0;");
    assertThat(shell.run("migrate", "--single-transaction").exitCode()).isEqualTo(2);
    assertThat(database.value("select to_regclass('people')")).isEqualTo("NULL");
  }

  @Test
  void whatAFailedRunDidMayBeRolledBack() {
    shell.script("01_people_rollback.sql", "drop table people;");
    shell.script("02_bad.sql", "select 1/0;").script("02_bad_rollback.sql", "select 1;");
    assertThat(shell.run("migrate", "--on-failure", "roll-back").exitCode()).isEqualTo(2);
    assertThat(database.value("select to_regclass('people')")).isEqualTo("NULL");
    assertThat(shell.run("migrate").exitCode()).isEqualTo(2);
    assertThat(database.value("select to_regclass('people')")).isEqualTo("people");
  }

  @Test
  void productionNeedsAConfirmation() {
    CommandRun run = shell.run("migrate", "--environment", "production");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("PRODUCTION_UNCONFIRMED");
    assertThat(shell
            .run(
                "migrate", "--environment", "production", "--confirm-production", "--backup", "off")
            .exitCode())
        .isZero();
    assertThat(database.value("select distinct environment from migration_history"))
        .isEqualTo("production");
  }

  @Test
  void theAddressComesFromTheOptionBeforeTheVariable() {
    shell.variable("DATABASE_URL", "postgresql://nobody@localhost:1/nowhere");
    String libpq = database.jdbcUrl().substring("jdbc:".length());
    assertThat(shell.run("status", "--url", libpq).exitCode()).isZero();
    assertThat(shell.run("status").exitCode()).isEqualTo(1);
  }

  @Test
  void theUserIsTheOptionsElseTheUrlsElseTheVariables() {
    shell.variable("PGUSER", "nobody");
    assertThat(shell.run("status").err()).contains("DATABASE_UNREACHABLE");
    assertThat(shell.run("status", "--user", database.user()).exitCode()).isZero();
    shell.variable("DATABASE_URL", Shell.with(database.jdbcUrl(), "user=" + database.user()));
    assertThat(shell.run("status").exitCode()).isZero();
  }
}
