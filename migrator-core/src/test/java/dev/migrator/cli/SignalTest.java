package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process that is told to end. */
@Tag("any-server")
@PostgresTest
@Timeout(120)
class SignalTest {

  /** 128 and the number of SIGTERM: the process ended by the signal, whatever it did before. */
  private static final int TERMINATED = 143;

  private static final String SLEEPS = "wait_event = 'PgSleep'";
  private static final String BUILDS = "query like 'create index%' and wait_event_type = 'Lock'";

  @TempDir
  Path folder;

  private TestDatabase database;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void freshDatabase(TestDatabase fresh) {
    database = fresh;
  }

  @AfterEach
  void noProcessIsLeft() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aTransactionIsCancelledAndLeavesNothing() throws Exception {
    script("01_a.sql", "create table a ();");
    script("02_b.sql", "create table b (); select pg_sleep(100);");
    script("03_c.sql", "create table c ();");
    Process process = migrator("migrate");
    awaitSession(SLEEPS);
    process.destroy();
    assertThat(end(process)).isEqualTo(TERMINATED);
    assertThat(printed("err"))
        .contains("The process is told to end")
        .contains("[CANCELLED] the run was cancelled.\n")
        .contains("02 b left nothing behind. This run completed before it, and that stays: 01 a.")
        .contains("Next: run again for what is still pending.");
    assertThat(printed("out")).isEmpty();
    assertThat(database.query("select to_regclass('a'), to_regclass('b'), to_regclass('c')"))
        .containsExactly(List.of("a", "NULL", "NULL"));
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void theFailureIsADocumentForAMachineToo() throws Exception {
    script("01_a.sql", "select pg_sleep(100);");
    Process process = migrator("migrate", "--json");
    awaitSession(SLEEPS);
    process.destroy();
    assertThat(end(process)).isEqualTo(TERMINATED);
    assertThat(database.value("select ?::jsonb ->> 'code'", printed("out"))).isEqualTo("CANCELLED");
  }

  @Test
  void anIndexThatIsBuiltConcurrentlyIsFinishedWithinItsGrace() throws Exception {
    database.execute("create table t (a int)");
    script("01_index.sql", "create index concurrently t_a on t (a);");
    script("02_more.sql", "create table more ();");
    Process process = migrator("migrate");
    try (Connection writer = writer()) {
      awaitSession(BUILDS);
      process.destroy();
      assertThat(process.waitFor(2, TimeUnit.SECONDS)).as("it waits").isFalse();
      writer.rollback();
    }
    assertThat(end(process)).isEqualTo(TERMINATED);
    assertThat(database.query("select indisvalid from pg_index where indrelid = 't'::regclass"))
        .containsExactly(List.of("t"));
    assertThat(database.value("select status from schema_migrations where version = '01'"))
        .isEqualTo("completed");
    assertThat(printed("err")).contains("[CANCELLED]", "01 index");
    assertThat(database.value("select to_regclass('more')")).isEqualTo("NULL");
  }

  @Test
  void anIndexIsNotWaitedForLongerThanItsGrace() throws Exception {
    database.execute("create table t (a int)");
    script("01_index.sql", "create index concurrently t_a on t (a);");
    Process process = migrator("migrate", "--grace", "1s");
    try (Connection writer = writer()) {
      awaitSession(BUILDS);
      process.destroy();
      assertThat(end(process)).isEqualTo(TERMINATED);
      assertThat(writer.isClosed()).isFalse();
    }
    assertThat(database.value("select status from schema_migrations")).isNotEqualTo("completed");
  }

  @Test
  void whatEndsByItselfEndsAsEver() throws Exception {
    script("01_a.sql", "create table a ();");
    Process process = migrator("migrate");
    assertThat(end(process)).isZero();
    assertThat(printed("out")).contains("1 migration applied");
    assertThat(printed("err")).doesNotContain("told to end");
  }

  @Test
  void aVerificationIsCancelledAndItsDatabasesAreDropped() throws Exception {
    List<String> others = throwAwayDatabases();
    List<String> made = verifyUntilItSleeps(others);
    Process process = processes.get(0);
    process.destroy();
    assertThat(end(process)).isEqualTo(TERMINATED);
    assertThat(printed("err"))
        .contains("[CANCELLED] somebody cancelled the verification.\n")
        .contains("Already done: the throw-away databases are dropped.");
    assertThat(printed("out")).isEmpty();
    assertThat(made).isNotEmpty();
    assertThat(throwAwayDatabases()).doesNotContainAnyElementsOf(made);
  }

  @Test
  void whatAKilledVerificationLeavesIsNamedADayLaterAndDroppedOnRequest() throws Exception {
    List<String> made = verifyUntilItSleeps(throwAwayDatabases());
    processes.get(0).destroyForcibly().waitFor();
    assertThat(throwAwayDatabases()).containsAll(made);
    List<String> old = new ArrayList<>();
    try {
      for (String name : made) {
        old.add(aged(name));
      }
      script("02_b.sql", "create table b ();");
      script("02_b_rollback.sql", "drop table b;");
      assertThat(end(verify())).isZero();
      assertThat(printed("out"))
          .contains("Runs that were killed left these throw-away databases on the server: ")
          .contains(old)
          .contains("--drop-leftovers");
      assertThat(throwAwayDatabases()).containsAll(old);
      assertThat(end(verify("--drop-leftovers"))).isZero();
      assertThat(printed("out")).contains(old).contains("they are dropped: ");
      assertThat(throwAwayDatabases()).doesNotContainAnyElementsOf(old);
    } finally {
      made.forEach(this::drop);
      old.forEach(this::drop);
    }
  }

  /** Verifies two migrations, of which the second one sleeps; the databases that it has made by then. */
  private List<String> verifyUntilItSleeps(List<String> others) throws Exception {
    script("01_a.sql", "create table a ();");
    script("01_a_rollback.sql", "drop table a;");
    script("02_b.sql", "create table b (); select pg_sleep(100);");
    Process process = verify();
    List<String> made = List.of();
    while (made.isEmpty()
        || database
            .query(
                "select 1 from pg_stat_activity where datname = any (string_to_array(?, ',')) and "
                    + SLEEPS,
                String.join(",", made))
            .isEmpty()) {
      assertThat(process.isAlive()).as(printed("err")).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
      made = new ArrayList<>(throwAwayDatabases());
      made.removeAll(others);
    }
    return made;
  }

  private List<String> throwAwayDatabases() {
    return database
        .query("select datname from pg_database where datname like 'migrator\\_scratch\\_%'")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  /** Makes a database look as if it had been made years ago; its new name. */
  private String aged(String name) {
    String old = name.replaceFirst("_[0-9]{8}t", "_20200101t");
    database.query(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = ?", name);
    database.execute("alter database " + name + " rename to " + old);
    return old;
  }

  private void drop(String name) {
    database.execute("drop database if exists " + name + " with (force)");
  }

  /** A transaction that has written to the table, which an index that is built concurrently waits for. */
  private Connection writer() throws Exception {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    try (Statement insert = connection.createStatement()) {
      insert.execute("insert into t values (1)");
    }
    return connection;
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name), sql);
  }

  private String printed(String stream) throws IOException {
    return Files.readString(folder.resolve(stream + ".log"), StandardCharsets.UTF_8);
  }

  private void awaitSession(String condition) throws InterruptedException {
    while (database
        .query("select 1 from pg_stat_activity where datname = current_database() and " + condition)
        .isEmpty()) {
      assertThat(processes).allMatch(Process::isAlive);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
    return process.exitValue();
  }

  private Process migrator(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--environment", "test"));
    return start(all);
  }

  private Process verify(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("verify", "--rows", "off"));
    all.addAll(List.of("--server", database.jdbcUrl()));
    all.addAll(List.of(options));
    return start(all);
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        // What the jar has: it logs to standard error.
        "src/cli/resources" + File.pathSeparator
            + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        MigratorCommand.class.getName()));
    command.addAll(arguments);
    command.addAll(List.of("--location", folder.toString()));
    File out = folder.resolve("out.log").toFile();
    File err = folder.resolve("err.log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.environment().keySet().removeIf(name -> name.startsWith("MIGRATOR_"));
    builder.environment().put("MIGRATOR_NO_LOG_FILES", "true");
    builder.environment().put("DATABASE_URL", database.jdbcUrl());
    builder.environment().put("PGUSER", database.user());
    builder.environment().put("PGPASSWORD", database.password());
    Process process = builder.start();
    processes.add(process);
    return process;
  }
}
