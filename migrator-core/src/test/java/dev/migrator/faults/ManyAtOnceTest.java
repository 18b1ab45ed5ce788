package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A crowd that boots at once, while somebody reads the table that gets an index. */
@PostgresTest
@Tag("faults")
@Timeout(300)
class ManyAtOnceTest {

  private static final int PROCESSES = 16;
  private static final int THREADS = 64;
  private static final int MIGRATIONS = 100;

  /** How long the reader keeps the index from being finished. */
  private static final long READING_SECONDS = 3;

  @TempDir
  Path folder;

  @Test
  // The numbers are for who reads the build's output.
  @SuppressWarnings("SystemOut")
  void processesAndThreadsApplyEachMigrationOnceWhileATableIsRead(TestDatabase database)
      throws Exception {
    write();
    String location = "filesystem:" + folder;
    long started = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    try {
      Future<?> reader = threads.submit(reading(database));
      List<Instance> processes = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(Instance.start(location, database.dataSource()));
      }
      // Processes take longer to boot than threads.
      processes.get(0).awaitBegin();
      List<Future<MigrationReport>> runs = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        runs.add(threads.submit(
            () -> SamplePlan.engine(location, database.dataSource()).migrate()));
      }
      int applied = 0;
      for (Future<MigrationReport> run : runs) {
        applied += run.get().steps().size();
      }
      for (Instance process : processes) {
        assertThat(process.awaitFailure()).isEmpty();
      }
      reader.get();
      System.out.printf(
          Locale.ROOT,
          "faults: %d processes and %d threads at once, %d migrations, all succeeded in %d ms; threads applied %d of them%n",
          PROCESSES,
          THREADS,
          MIGRATIONS,
          (System.nanoTime() - started) / 1_000_000,
          applied);
    } finally {
      threads.shutdownNow();
    }
    assertThat(database.value("select count(*) || ' ' || count(distinct n) from runs"))
        .isEqualTo(MIGRATIONS - 1 + " " + (MIGRATIONS - 1));
    assertThat(
            database.value(
                "select count(*) || ' ' || count(distinct version) from migration_history where action = 'apply' and status = 'success'"))
        .isEqualTo(MIGRATIONS + " " + MIGRATIONS);
    assertThat(database.query("select status, count(*) from schema_migrations group by 1"))
        .containsExactly(List.of("completed", Integer.toString(MIGRATIONS)));
    assertThat(
            database.query(
                "select indexrelid::regclass, indisvalid from pg_index where indrelid = 'big'::regclass"))
        .containsExactly(List.of("big_n", "t"));
  }

  private void write() throws IOException {
    Files.writeString(
        folder.resolve("001_runs.sql"),
        "create table runs (n int); create table big as select generate_series(1, 20000) n; insert into runs values (1);");
    for (int i = 2; i <= MIGRATIONS; i++) {
      Files.writeString(
          folder.resolve("%03d_t.sql".formatted(i)),
          "create table t%d (); insert into runs values (%d);".formatted(i, i));
    }
    Files.writeString(folder.resolve("049_t.sql"), """
        do $$ begin
          while not exists (select from pg_stat_activity where application_name = 'reader' and backend_xmin is not null) loop
            perform pg_sleep(0.01), pg_stat_clear_snapshot();
          end loop;
        end $$;
        insert into runs values (49);
        """);
    Files.writeString(folder.resolve("050_t.sql"), "create index concurrently big_n on big (n);");
  }

  /** Holds a snapshot from before the index is built until a while after its building began. */
  private static Callable<?> reading(TestDatabase database) {
    return () -> {
      while (database.value("select to_regclass('big') is null").equals("t")) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      PGSimpleDataSource dataSource = database.dataSource();
      dataSource.setApplicationName("reader");
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        statement.execute("select count(*) from big");
        while (database
            .value("select count(*) from pg_stat_progress_create_index")
            .equals("0")) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.SECONDS.sleep(READING_SECONDS);
        assertThat(database.value("select count(*) from pg_stat_progress_create_index"))
            .as("the index waits for the reader")
            .isEqualTo("1");
        connection.rollback();
      }
      return null;
    };
  }
}
