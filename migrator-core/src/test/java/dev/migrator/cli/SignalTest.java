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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process that is told to end. */
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
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        // What the jar has: it logs to standard error.
        "src/cli/resources" + File.pathSeparator
            + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        MigratorCommand.class.getName()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--location", folder.toString(), "--environment", "test"));
    File out = folder.resolve("out.log").toFile();
    File err = folder.resolve("err.log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.environment().keySet().removeIf(name -> name.startsWith("MIGRATOR_"));
    builder.environment().put("DATABASE_URL", database.jdbcUrl());
    builder.environment().put("PGUSER", database.user());
    builder.environment().put("PGPASSWORD", database.password());
    Process process = builder.start();
    processes.add(process);
    return process;
  }
}
