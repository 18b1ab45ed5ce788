package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks before and after a run on the command line, their exit codes, and the files that a run leaves behind. */
@PostgresTest
class CheckVerbsTest {

  @TempDir
  Path folder;

  @TempDir
  Path work;

  private TestDatabase database;
  private Shell shell;

  @BeforeEach
  void oneMigration(TestDatabase fresh) {
    database = fresh;
    shell = new Shell(folder, fresh)
        .in(work)
        .without("MIGRATOR_NO_LOG_FILES")
        .script("01_people.sql", "create table people (id int primary key, email text);");
  }

  @Test
  void preflightPrintsATableAndWritesNothingInTheDatabase() {
    CommandRun run = shell.run("preflight");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("Check", "Outcome", "Answer")
        .contains("pending", "1 migration: 01 people")
        .contains("Preflight: 16 passed, 2 not asked.");
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
  }

  @Test
  void aFailedPreflightHasTheExitCodeOneAndForcePassesIt() throws SQLException, IOException {
    shell.script("02_more.sql", "comment on table town is 'x';");
    database.execute("create table town (id int)");
    try (Connection idle = database.dataSource().getConnection();
        Statement statement = idle.createStatement()) {
      idle.setAutoCommit(false);
      statement.execute("select * from town");
      CommandRun alone = shell.run("preflight", "--long-transaction", "0s");
      assertThat(alone.exitCode()).isEqualTo(1);
      assertThat(alone.out())
          .containsPattern("long-transactions +failed")
          .contains("Next: end it where it was begun", "1 failed");

      CommandRun refused = shell.run("migrate", "--long-transaction", "0s");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).startsWith("[PREFLIGHT_FAILED] ").contains("--force");
      assertThat(database.value("select to_regclass('people')")).isEqualTo("NULL");

      assertThat(shell
              .run(
                  "migrate",
                  "--long-transaction",
                  "0s",
                  "--disable-check",
                  "long-transactions",
                  "--target",
                  "01")
              .exitCode())
          .isZero();
      CommandRun forced = shell.run("migrate", "--long-transaction", "0s", "--force");
      assertThat(forced.exitCode()).as(forced.all()).isZero();
      assertThat(forced.out()).contains("failed: long-transactions", "told to go on nevertheless");
      idle.rollback();
    }
    assertThat(database.value("select count(*) from migration_history where action = 'preflight'"))
        .isEqualTo("1");
    assertThat(read("preflight-report-"))
        .hasSize(4)
        .allMatch(text -> text.contains("\"type\": \"preflight\""));
  }

  @Test
  void aFailedPostflightShowsTheReportAndHasTheExitCodeThree() throws IOException {
    CommandRun run = shell.run("migrate", "--expect", "people.phone", "--expect", "people.email");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("[POSTFLIGHT_FAILED] ")
        .contains("people.phone", "everything was applied");
    assertThat(run.out())
        .contains("1 migration applied", "failed: expected-columns", "- people.phone");
    assertThat(database.value("select count(*) from schema_migrations where status = 'completed'"))
        .isEqualTo("1");
    assertThat(read("postflight-report-")).singleElement().asString().contains("\"passed\": false");

    CommandRun alone = shell.run("postflight", "--expect", "people.phone", "--json");
    assertThat(alone.exitCode()).isEqualTo(3);
    assertThat(alone.out())
        .startsWith("{\n  \"type\": \"postflight\"")
        .contains("\"passed\": false");
    assertThat(shell.run("postflight").exitCode()).isZero();
    assertThat(shell.run("migrate", "--expect", "people.phone").exitCode())
        .as("nothing was applied, so nothing is checked")
        .isZero();
  }

  @Test
  void aCheckQueryIsOneStatementAndItsRowsAreShownToWhoAsksForThem() throws IOException {
    Path query = Files.writeString(
        folder.resolve("../q-" + folder.getFileName() + ".sql").normalize(),
        "-- nobody without a mail\nselect id from people where email is null;\n");
    Path two = Files.writeString(
        folder.resolve("../t-" + folder.getFileName() + ".sql").normalize(), "select 1; select 2;");
    try {
      shell.script("02_rows.sql", "insert into people values (4711);");
      CommandRun run = shell.run("migrate", "--check-query", query.toString());
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.out()).contains(query + ": 1 row").doesNotContain("4711");
      assertThat(shell
              .run("postflight", "--check-query", query.toString(), "--verbose")
              .out())
          .contains("id = 4711");
      CommandRun unclear = shell.run("postflight", "--check-query", two.toString());
      assertThat(unclear.exitCode()).isEqualTo(5);
      assertThat(unclear.err()).contains("has 2 statements");
    } finally {
      Files.delete(query);
      Files.delete(two);
    }
  }

  @Test
  void aRunLeavesItsLogItsReportsAndALineAmongAllRuns() throws IOException {
    assertThat(shell.run("migrate").exitCode()).isZero();
    shell.script("02_bad.sql", "select 1 / 0;");
    assertThat(shell.run("migrate").exitCode()).isEqualTo(2);
    assertThat(shell.run("status").exitCode()).isZero();
    assertThat(shell.run("migrate", "--dry-run").exitCode()).isZero();

    List<String> logs = read("migrate-");
    assertThat(logs).hasSize(2);
    assertThat(logs.get(0))
        .contains(
            "migrator migrate",
            "01 people begins (1 of 1)",
            "01 people is done",
            "1 migration applied");
    assertThat(logs.get(1)).contains("02 bad failed", "[MIGRATION_FAILED]", "division by zero");
    assertThat(read("preflight-report-")).hasSize(2);
    assertThat(read("postflight-report-")).hasSize(1);
    List<String> lines = Files.readAllLines(work.resolve("logs/migrations.jsonl"));
    assertThat(lines).hasSize(2);
    assertThat(database.query(
            "select d->>'verb', d->>'exitCode', d->'result'->>'type', d->'result'->>'code' from (select ?::jsonb d union all"
                + " select ?::jsonb) x",
            lines.get(0),
            lines.get(1)))
        .containsExactly(
            List.of("migrate", "0", "report", "NULL"),
            List.of("migrate", "2", "failure", "MIGRATION_FAILED"));
    try (Stream<Path> files = Files.list(work.resolve("logs"))) {
      assertThat(files)
          .hasSize(6)
          .allSatisfy(
              file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void theFolderCanBeNamedByOptionOrVariableAndNobodyNeedsFiles() {
    shell.run("migrate", "--log-dir", "here");
    assertThat(work.resolve("here/migrations.jsonl")).exists();
    shell.variable("MIGRATOR_LOG_DIR", "there").run("repair");
    assertThat(work.resolve("there/migrations.jsonl")).exists();
    shell.without("MIGRATOR_LOG_DIR").run("baseline", "--version", "0", "--no-log-files");
    assertThat(work.resolve("logs")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsAMistakeBeforeAnythingRuns() throws IOException {
    Files.writeString(work.resolve("logs"), "a file");
    CommandRun run = shell.run("migrate");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .startsWith("[CONFIGURATION_INVALID] the log cannot be written")
        .contains("--no-log-files");
    assertThat(database.value("select to_regclass('people')")).isEqualTo("NULL");
  }

  @Test
  void noFileHoldsAPassword() throws IOException {
    TestRole role = database.createRole();
    database.execute("grant create on schema public to " + role.name());
    String url = database.jdbcUrl().replaceFirst("^jdbc:", "");
    String secret = role.password().replace(" ", "%20");
    shell
        .variable("DATABASE_URL", url.replace("//", "//" + role.name() + ":" + secret + "@"))
        .without("PGUSER")
        .without("PGPASSWORD");
    shell.script(
        "02_role.sql",
        "do $$ begin raise exception 'postgresql://u:topsecret@h password=topsecret'; end $$; create role x password 'topsecret';");
    assertThat(shell.run("migrate", "--verbose").exitCode()).isEqualTo(2);
    assertThat(read(""))
        .hasSize(3)
        .allSatisfy(text -> assertThat(text)
            .doesNotContain("topsecret")
            .doesNotContain(role.password())
            .doesNotContain(secret));
    database.execute("drop owned by " + role.name() + " cascade");
  }

  @Test
  void aMissingDatabaseIsCreatedOnlyWhereThatIsAllowed() {
    String name = database.name() + " \"new\"";
    shell.variable(
        "DATABASE_URL",
        database
            .jdbcUrl()
            .replace("/" + database.name(), "/" + name.replace(" ", "%20").replace("\"", "%22")));
    try {
      assertThat(shell.run("migrate").exitCode()).isEqualTo(1);
      CommandRun forbidden = shell.run("migrate", "--create-database");
      assertThat(forbidden.exitCode()).isEqualTo(5);
      assertThat(forbidden.err()).contains("ALLOW_LOCAL_DB_CREATION");
      shell.variable("ALLOW_LOCAL_DB_CREATION", "yes");
      for (String environment : List.of("production", "staging")) {
        CommandRun refused = shell.run(
            "migrate", "--create-database", "--confirm-production", "--environment", environment);
        if (environment.equals("production")) {
          assertThat(refused.exitCode()).isEqualTo(5);
          assertThat(refused.err()).contains("never created in production");
        } else {
          assertThat(refused.exitCode()).as(refused.all()).isZero();
          assertThat(refused.err()).contains("Created the database " + name + ".");
        }
      }
      assertThat(shell.run("migrate", "--create-database").out()).startsWith("Up to date");
    } finally {
      database.execute(
          "drop database if exists \"" + name.replace("\"", "\"\"") + "\" with (force)");
    }
  }

  private List<String> read(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(work.resolve("logs"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .map(file -> {
            try {
              return Files.readString(file);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          })
          .toList();
    }
  }
}
