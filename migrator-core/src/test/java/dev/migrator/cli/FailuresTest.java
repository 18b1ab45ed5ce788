package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to fail that a command line can come to: its code, its exit code, where it is told. */
@PostgresTest
class FailuresTest {

  /** The advisory lock of {@code public.schema_migrations}, as other programs compute it. */
  private static final String LOCK_KEY =
      "('x' || left(encode(sha256('migrator:1:public.schema_migrations'), 'hex'), 16))::bit(64)::bigint";

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
  void anOptionThatCannotBeUsed() {
    fails(FailureCode.CONFIGURATION_INVALID, "migrate", "--target", "1", "--steps", "1");
    fails(FailureCode.CONFIGURATION_INVALID, "migrate", "--target", "9");
    fails(FailureCode.CONFIGURATION_INVALID, "migrate", "--environment", "qa");
    fails(FailureCode.CONFIGURATION_INVALID, "rollback", "--target", "9");
    fails(FailureCode.CONFIGURATION_INVALID, "baseline");
    fails(FailureCode.CONFIGURATION_INVALID, "migrate", "--create-schema");
  }

  @Test
  void aLocationThatIsNotThere() {
    fails(
        FailureCode.LOCATION_NOT_FOUND,
        "status",
        "--location",
        folder.resolve("x").toString());
  }

  @Test
  void aLocationWithoutAScript() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    fails(FailureCode.LOCATION_EMPTY, "status", "--location", empty.toString());
  }

  @Test
  void aFileThatIsNamedInNoWay() {
    shell.script("notes.sql", "select 1;");
    fails(FailureCode.SCRIPT_NAME_INVALID, "status");
  }

  @Test
  void twoScriptsOfOneVersion() {
    shell.script("1_towns.sql", "select 1;");
    fails(FailureCode.DUPLICATE_VERSION, "status");
  }

  @Test
  void aScriptThatIsNoSql() {
    shell.script("02_open.sql", "select 'never closed;");
    fails(FailureCode.SCRIPT_UNREADABLE, "migrate");
  }

  @Test
  void aScriptThatEndsItsTransaction() {
    shell.script("02_commit.sql", "create table a (id int); commit; create table b (id int);");
    fails(FailureCode.SCRIPT_REFUSED, "migrate");
  }

  @Test
  void aServerThatIsNotThere() {
    fails(FailureCode.DATABASE_UNREACHABLE, "status", "--url", "postgresql://localhost:1/nowhere");
  }

  @Test
  void productionThatNobodyConfirmed() {
    fails(FailureCode.PRODUCTION_UNCONFIRMED, "migrate", "--environment", "production");
    assertThat(database.value("select to_regclass('people')")).isEqualTo("NULL");
  }

  @Test
  void aLockThatSomebodyElseHolds() throws SQLException {
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(" + LOCK_KEY + ")");
      fails(FailureCode.LOCK_TIMEOUT, "migrate", "--lock-wait", "50ms");
    }
  }

  @Test
  void aThreadThatIsInterrupted() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(" + LOCK_KEY + ")");
      Future<?> run = thread.submit(() -> {
        Thread.currentThread().interrupt();
        fails(FailureCode.INTERRUPTED, "migrate");
      });
      run.get();
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void aScriptThatWasEdited() {
    shell.run("migrate");
    shell.script("01_people.sql", "create table people (id bigint);");
    fails(FailureCode.VALIDATION_FAILED, "migrate");
  }

  @Test
  void theHistoryOfAnotherApplication() throws IOException {
    shell.run("migrate");
    Files.delete(folder.resolve("01_people.sql"));
    shell.script("05_other.sql", "select 1;");
    fails(FailureCode.FOREIGN_HISTORY, "migrate");
  }

  @Test
  void aTableThatIsNotOurs() {
    database.execute("create table schema_migrations (id int)");
    fails(FailureCode.FOREIGN_TABLE, "migrate");
  }

  @Test
  void aSchemaThatIsNotThere() {
    fails(FailureCode.TRACKING_TABLE_UNUSABLE, "migrate", "--schema", "nowhere");
  }

  @Test
  void aMigrationThatFails() {
    shell.script("02_bad.sql", "select 1;\nselect *\n  from nowhere;");
    CommandRun run = fails(FailureCode.MIGRATION_FAILED, "migrate");
    assertThat(run.err()).contains("02_bad.sql:3:8", "42P01", "01 people");
  }

  @Test
  void aScriptThatLetsGoOfTheLock() {
    shell.script("02_unlock.sql", "select pg_advisory_unlock_all();");
    shell.script("03_unlock.sql", "select pg_advisory_unlock_all();");
    shell.script("04_towns.sql", "create table towns (id int);");
    fails(FailureCode.LOCK_LOST, "migrate");
  }

  @Test
  void aConnectionThatBreaks() {
    shell.script("02_end.sql", "select pg_terminate_backend(pg_backend_pid());");
    fails(FailureCode.CONNECTION_LOST, "migrate");
  }

  @Test
  void aRollbackThatFails() {
    shell.script("01_people_rollback.sql", "drop table persons;");
    shell.run("migrate");
    fails(FailureCode.ROLLBACK_FAILED, "rollback");
  }

  @Test
  void aRollbackWithoutADownScript() {
    shell.run("migrate");
    fails(FailureCode.ROLLBACK_IMPOSSIBLE, "rollback");
  }

  @Test
  void aFailureThatNobodyForesaw() {
    shell.input(new InputStream() {
      @Override
      public int read() {
        throw new IllegalStateException("postgresql://u:topsecret@h");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        return read();
      }
    });
    CommandRun run = shell.run("status", "--password-stdin", "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(database.value("select ?::jsonb ->> 'code'", run.out())).isEqualTo("UNEXPECTED");
    assertThat(run.err())
        .startsWith("Unexpected failure: java.lang.IllegalStateException: postgresql://u:****@h")
        .doesNotContain("\tat ");
    assertThat(shell.run("status", "--password-stdin", "--verbose").err())
        .contains("\tat ")
        .doesNotContain("topsecret");
  }

  /** Runs the command twice: for a person, and for a machine. */
  private CommandRun fails(FailureCode code, String... arguments) {
    CommandRun run = shell.run(arguments);
    assertThat(run.err()).contains("[" + code + "] ").doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(code.exitCode());

    List<String> more = new ArrayList<>(List.of(arguments));
    more.add("--json");
    CommandRun json = shell.run(more.toArray(String[]::new));
    assertThat(json.exitCode()).isEqualTo(code.exitCode());
    assertThat(database.query(
            "select d ->> 'type', d ->> 'code', d ->> 'exitCode' from (select ?::jsonb d) x",
            json.out()))
        .containsExactly(List.of("failure", code.name(), Integer.toString(code.exitCode())));
    return run;
  }
}
