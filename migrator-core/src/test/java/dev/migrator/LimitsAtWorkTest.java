package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.Limits;
import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Time-outs, trying again, and being stopped. */
@PostgresTest
@Timeout(60)
class LimitsAtWorkTest {

  private static final Limits QUICK = Limits.DEFAULT.lockTimeout(Duration.ofMillis(100));

  @TempDir
  Path path;

  private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @ParameterizedTest
  @EnumSource(TransactionMode.class)
  void aMigrationThatMeetsALockLetsOthersPassAndTriesAgain(
      TransactionMode mode, TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    MigrationEngine engine = folder()
        .script(
            "01_a.sql", "create table once (); insert into t values (1); alter table t add b int;")
        .builder(database.dataSource())
        .transactionMode(mode)
        .limits(limits -> QUICK)
        .listener(events::add)
        .build();
    Future<MigrationReport> run;
    try (Connection other = readingT(database.dataSource())) {
      run = threads.submit(() -> engine.migrate());
      await(() -> retries() >= 2);
      other.rollback();
    }
    assertThat(run.get().migrations()).hasSize(1);
    assertThat(database.value("select count(*) from t")).isEqualTo("1");
    assertThat(database.query("select status, count(*) from migration_history group by 1"))
        .containsExactly(List.of("success", "1"));
    assertThat(events)
        .filteredOn(MigrationEvent.Retried.class::isInstance)
        .first()
        .isInstanceOfSatisfying(MigrationEvent.Retried.class, retried -> {
          assertThat(retried.attempt()).isEqualTo(2);
          assertThat(retried.reason()).contains("lock timeout");
          assertThat(retried.migration().version().text()).isEqualTo("01");
        });
  }

  @Test
  void whoBlocksAMigrationIsNamedWhileItWaits(TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    MigrationEngine engine = folder()
        .script("01_a.sql", "alter table t add b int;")
        .builder(database.dataSource())
        .limits(limits -> limits.lockTimeout(Duration.ofSeconds(30)))
        .listener(events::add)
        .build();
    Future<MigrationReport> run;
    PGSimpleDataSource forgetful = database.dataSource();
    forgetful.setApplicationName("the forgetful one");
    try (Connection other = readingT(forgetful)) {
      run = threads.submit(() -> engine.migrate());
      await(() -> events.stream().anyMatch(MigrationEvent.Blocked.class::isInstance));
      other.rollback();
    }
    assertThat(run.get().migrations()).hasSize(1);
    assertThat(events)
        .filteredOn(MigrationEvent.Blocked.class::isInstance)
        .first()
        .isInstanceOfSatisfying(MigrationEvent.Blocked.class, blocked -> {
          assertThat(blocked.migration().version().text()).isEqualTo("01");
          assertThat(blocked.blockers()).contains("the forgetful one", "t", "idle in transaction");
          assertThat(blocked.advice()).contains("pg_terminate_backend");
        });
  }

  @Test
  void tryingAgainEndsWithItsTime(TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    MigrationEngine engine = folder()
        .script("01_a.sql", "alter table t add b int;")
        .builder(database.dataSource())
        .limits(limits -> QUICK.lockRetry(Duration.ofMillis(1_200)))
        .listener(events::add)
        .build();
    try (Connection other = readingT(database.dataSource())) {
      MigrationException failure = catchThrowableOfType(MigrationException.class, engine::migrate);
      assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
      assertThat(failure.sqlState()).contains("55P03");
      assertThat(retries()).isPositive();
      other.rollback();
    }
    assertThat(database.query("select status from schema_migrations"))
        .containsExactly(List.of("failed"));
  }

  @Test
  void whatARollbackDoesNotUndoIsNotTriedAgain(TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    MigrationEngine engine = folder()
        .script("01_a.sql", "copy (select 1) to program 'cat >/dev/null'; alter table t add b int;")
        .builder(database.dataSource())
        .limits(limits -> QUICK)
        .listener(events::add)
        .build();
    try (Connection other = readingT(database.dataSource())) {
      assertThatThrownBy(engine::migrate).hasMessageContaining("lock timeout");
      other.rollback();
    }
    assertThat(retries()).isZero();
  }

  @Test
  void aStatementThatTakesLongerThanItsTimeFailsForGood(TestDatabase database) {
    MigrationEngine engine = folder()
        .script("01_a.sql", "select pg_sleep(30);")
        .builder(database.dataSource())
        .limits(limits -> limits.statementTimeout(Duration.ofMillis(200)))
        .build();
    assertThatThrownBy(engine::migrate).isInstanceOfSatisfying(MigrationException.class, e -> {
      assertThat(e.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
      assertThat(e.sqlState()).contains("57014");
    });
  }

  @Test
  void aRunThatTakesLongerThanItsTimeIsStoppedAndKeepsWhatIsDone(TestDatabase database) {
    MigrationEngine engine = folder()
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "create table b (); select pg_sleep(30);")
        .builder(database.dataSource())
        .limits(limits -> limits.run(Duration.ofSeconds(2)))
        .build();
    assertThatThrownBy(engine::migrate)
        .hasMessageContaining("the time for the run was up")
        .hasMessageContaining("02 b left nothing behind")
        .hasMessageContaining("01 a")
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OUT_OF_TIME));
    assertThat(database.query("select version, status from schema_migrations order by 1"))
        .containsExactly(List.of("01", "completed"), List.of("02", "failed"));
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void cancellingStopsTheRunAndLeavesNothingHalfDone(TestDatabase database) throws Exception {
    MigrationEngine engine = folder()
        .script("01_a.sql", "create table a (); select pg_sleep(30);")
        .script("02_b.sql", "create table b ();")
        .engine(database);
    Future<MigrationReport> run = threads.submit(() -> engine.migrate());
    await(() -> sleeps(database));
    engine.cancel();
    assertThatThrownBy(run::get)
        .cause()
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CANCELLED));
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
    assertThat(database.value("select to_regclass('b')")).isEqualTo("NULL");
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void cancellingBetweenTwoAttemptsIsNoFailureOfTheMigration(TestDatabase database)
      throws Exception {
    database.execute("create table t (a int)");
    MigrationEngine engine = folder()
        .script("01_a.sql", "alter table t add b int;")
        .builder(database.dataSource())
        .limits(limits -> QUICK)
        .listener(events::add)
        .build();
    try (Connection other = readingT(database.dataSource())) {
      Future<MigrationReport> run = threads.submit(() -> engine.migrate());
      await(() -> retries() >= 1);
      engine.cancel();
      assertThatThrownBy(run::get)
          .cause()
          .isInstanceOfSatisfying(
              MigrationException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CANCELLED));
      other.rollback();
    }
  }

  @Test
  void anInterruptStopsTheRunAndStaysSet(TestDatabase database) throws Exception {
    MigrationEngine engine = folder().script("01_a.sql", "select pg_sleep(30);").engine(database);
    boolean[] flag = {false};
    MigrationException[] failure = {null};
    Thread thread = new Thread(() -> {
      failure[0] = catchThrowableOfType(MigrationException.class, engine::migrate);
      flag[0] = Thread.currentThread().isInterrupted();
    });
    thread.start();
    await(() -> sleeps(database));
    thread.interrupt();
    thread.join();
    assertThat(failure[0].code()).isEqualTo(FailureCode.INTERRUPTED);
    assertThat(flag[0]).isTrue();
  }

  @Test
  void cancellingEndsAWaitForTheMigrationLock(TestDatabase database) throws Exception {
    MigrationFolder folder = folder().script("01_a.sql", "create table a (); select pg_sleep(3);");
    Future<MigrationReport> holder =
        threads.submit(() -> folder.engine(database).migrate());
    await(() -> sleeps(database));
    MigrationEngine waiting =
        folder.builder(database.dataSource()).listener(events::add).build();
    Future<MigrationReport> waiter = threads.submit(() -> waiting.migrate());
    await(() -> events.stream().anyMatch(MigrationEvent.LockWaited.class::isInstance));
    waiting.cancel();
    assertThatThrownBy(waiter::get).hasMessageContaining("the run was cancelled");
    assertThat(holder.get().migrations()).hasSize(1);
  }

  /** Another session, in a transaction that keeps others from changing the table {@code t}. */
  private static Connection readingT(DataSource dataSource) throws SQLException {
    Connection other = dataSource.getConnection();
    other.setAutoCommit(false);
    try (Statement locking = other.createStatement()) {
      locking.execute("lock table t in access share mode");
    }
    return other;
  }

  private MigrationFolder folder() {
    return new MigrationFolder(path);
  }

  private long retries() {
    return events.stream().filter(MigrationEvent.Retried.class::isInstance).count();
  }

  private static boolean sleeps(TestDatabase database) {
    return !database
        .query(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'")
        .isEmpty();
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
