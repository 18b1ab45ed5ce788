package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.internal.lock.LockKey;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@PostgresTest
@Timeout(60)
class LockTest {

  private static final String LOCK =
      "select pg_advisory_lock(" + LockKey.of("public.schema_migrations").value() + ")";

  @TempDir
  Path path;

  @Test
  void whoWaitsTooLongIsToldWhoHoldsTheLock(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    PGSimpleDataSource other = database.dataSource();
    other.setApplicationName("the other one");
    try (Connection holder = other.getConnection();
        Statement statement = holder.createStatement()) {
      statement.execute(LOCK);
      assertThatThrownBy(() -> folder
              .builder(database.dataSource())
              .lockWait(Duration.ofMillis(200))
              .build()
              .migrate())
          .isInstanceOfSatisfying(MigrationException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.LOCK_TIMEOUT);
            assertThat(e)
                .hasMessageContaining("application 'the other one'")
                .hasMessageContaining("pid ")
                .hasMessageContaining("connected since")
                .hasMessageContaining("pg_terminate_backend");
          });
    }
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
  }

  @Test
  void waitingEndsWhenTheHolderIsDoneAndHoldsNoSnapshotMeanwhile(TestDatabase database)
      throws Exception {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Connection holder = database.dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      statement.execute(LOCK);
      PGSimpleDataSource waiting = database.dataSource();
      waiting.setApplicationName("waiter");
      Future<MigrationReport> waiter =
          threads.submit(() -> folder.builder(waiting).build().migrate());
      while (!database
          .value("select count(*) from pg_stat_activity where application_name = 'waiter'")
          .equals("1")) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      // A waiter that sat inside pg_advisory_lock() would have a snapshot, and stop this from
      // ending.
      database.execute("create table big (a int)");
      database.execute("create index concurrently on big (a)");
      assertThat(waiter.isDone()).isFalse();
      statement.execute("select pg_advisory_unlock_all()");
      assertThat(waiter.get().migrations()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theTimeToWaitStartsAgainWhileTheHolderGetsOn(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    folder.engine(database).migrate();
    folder.script("02_b.sql", "create table b ();");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Connection holder = database.dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      statement.execute(LOCK);
      Future<MigrationReport> waiter = threads.submit(() -> folder
          .builder(database.dataSource())
          .lockWait(Duration.ofMillis(2_500))
          .build()
          .migrate());
      for (int i = 0; i < 10; i++) {
        TimeUnit.MILLISECONDS.sleep(500);
        statement.execute(
            "insert into migration_history (action, status) values ('apply', 'success')");
      }
      assertThat(waiter.isDone()).isFalse();
      statement.execute("select pg_advisory_unlock_all()");
      assertThat(waiter.get().migrations()).extracting(m -> m.id()).containsExactly("02");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theServerNoticesWithinHalfAMinuteThatTheHolderVanished(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table saw as select current_setting('tcp_keepalives_idle')::int + current_setting('tcp_keepalives_interval')::int"
                + " * current_setting('tcp_keepalives_count')::int s, current_setting('client_connection_check_interval') c,"
                + " version() ~* 'linux' l;");
    folder.engine(database).migrate();
    assertThat(Integer.parseInt(database.value("select s from saw"))).isBetween(1, 30);
    assertThat(database.value("select c = '5s' or not l from saw")).isEqualTo("t");
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    try (Connection holder = database.dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      statement.execute(LOCK);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> folder.engine(database).migrate())
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.INTERRUPTED));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aLockThatIsLostUndoesTheMigrationAndStopsTheRun(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "create table b (); select pg_advisory_unlock_all();")
        .script("03_c.sql", "create table c ();");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.LOCK_LOST);
          assertThat(e)
              .hasMessageContaining("02 b was stopped")
              .hasMessageContaining("pg_advisory_unlock_all");
          assertThat(e.applied()).extracting(m -> m.id()).containsExactly("01");
        });
    assertThat(database.value("select to_regclass('b')")).isEqualTo("NULL");
    assertThat(database.query("select version, status from get_migration_status()"))
        .containsExactly(
            List.of("01", "completed"), List.of("02", "pending"), List.of("03", "pending"));
  }

  @Test
  void manyInstancesAtOnceApplyEachMigrationOnce(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path);
    for (int i = 1; i <= 20; i++) {
      folder.script(
          "%03d_t.sql".formatted(i),
          "create table t%d (); insert into runs values (%d);".formatted(i, i));
    }
    database.execute("create table runs (n int)");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<MigrationReport>> runs = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        runs.add(threads.submit(() -> folder.engine(database).migrate()));
      }
      int applied = 0;
      for (Future<MigrationReport> run : runs) {
        applied += run.get().steps().size();
      }
      assertThat(applied).isEqualTo(20);
    } finally {
      threads.shutdownNow();
    }
    assertThat(database.value("select count(*) || ' ' || count(distinct n) from runs"))
        .isEqualTo("20 20");
  }
}
