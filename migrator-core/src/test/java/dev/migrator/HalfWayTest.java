package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.StatementOutcome;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a migration without a transaction must not do when it stops half-way or goes on. */
@PostgresTest
class HalfWayTest {

  private static final String CALLING =
      "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'";

  @TempDir
  Path path;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop index concurrently no_such",
        "alter table p detach partition c concurrently",
        "create database %s template template0"
      })
  void aStatementThatFailedNeverCountsAsDone(String statement, TestDatabase database) {
    database.execute("create table p (v int) partition by range (v); create table c (v int)");
    MigrationEngine engine = new MigrationFolder(path)
        .script("01_x.sql", statement.formatted(database.name()) + ";\nselect 1;")
        .engine(database);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(engine::migrate).hasMessageContaining("MIGRATION_FAILED");
    }
    assertThat(database.query("select status from schema_migrations"))
        .containsExactly(List.of("failed"));
  }

  @Test
  void aStatementThatFailedDoesNotCountAsDoneWhenSomebodyElseHasDoneIt(TestDatabase database)
      throws Exception {
    database.execute("create table t (v int); create index t_v on t (v)");
    MigrationEngine engine = new MigrationFolder(path)
        .script("01_x.sql", "set lock_timeout = '100ms';\ndrop index concurrently t_v;\nselect 1;")
        .engine(database);
    try (Connection other = database.dataSource().getConnection();
        Statement locking = other.createStatement()) {
      other.setAutoCommit(false);
      locking.execute("lock table t in row exclusive mode");
      assertThatThrownBy(engine::migrate).hasMessageContaining("lock timeout");
      other.rollback();
    }
    database.execute("drop index t_v");
    assertThatThrownBy(engine::migrate).hasMessageContaining("does not exist");
  }

  @Test
  void aReapplicationThatStoppedHalfWayIsForgottenButNotThatTheMigrationIsApplied(
      TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_x.sql",
            "create table if not exists t (v int);\nvacuum t;\nselect 1 / (2 - (select count(*) from t));");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    database.execute("insert into t values (1), (2)");
    assertThatThrownBy(() -> engine.reapply("01")).hasMessageContaining("division by zero");
    folder.script("01_x.sql", "create table if not exists t (w int);\nvacuum t;");
    assertThat(engine.repair().steps())
        .extracting(step -> step.remark())
        .contains("it counts as applied, as it was before it was to be applied again");
    folder.script(
        "01_x.sql",
        "create table if not exists t (v int);\nvacuum t;\nselect 1 / (2 - (select count(*) from t));");
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query("select status, applied_rank from schema_migrations"))
        .containsExactly(List.of("completed", "1"));
  }

  @Test
  void theCommandThatSettlesARepeatableIsOne(TestDatabase database) {
    MigrationEngine engine = new MigrationFolder(path)
        .script("R__my view.sql", "-- migrator: transaction=off\ncall nothing();")
        .engine(database);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(engine::migrate)
          .hasMessageContaining("'repair --version \"R:my view\" --statement done'")
          .hasMessageContaining("'repair --version \"R:my view\" --statement again'");
    }
    assertThat(engine.repairStatement("R:my view", StatementOutcome.DONE).steps())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select set_config('search_path', 'app', false);",
        "select pg_catalog.set_config('search_path', 'app', false), set_config('a.b', 'c', false);",
        "do $$ begin set search_path = app; end $$;",
        "select set_config('search_path', s, false) from (values ('app')) v (s);",
        "call public.sets();"
      })
  void theRestRunsWithTheSettingsOfWhatIsDone(String sets, TestDatabase database) {
    database.execute("create schema app; create table app.t (v int); create table public.t (v int);"
        + " create procedure public.sets() language plpgsql as $$ begin set search_path = app; end $$;"
        + " insert into app.t values (1), (1)");
    MigrationEngine engine = new MigrationFolder(path)
        .script(
            "01_x.sql",
            "-- migrator: transaction=off\n" + sets
                + "\ncreate unique index concurrently t_v on t (v);\ninsert into t values (7);")
        .engine(database);
    assertThatThrownBy(engine::migrate).hasMessageContaining("could not create unique index");
    database.execute("delete from app.t");
    assertThat(engine.migrate().steps().get(0).remark()).isEqualTo("resumed at statement 2 of 3");
    assertThat(database.value("select schemaname from pg_indexes where indexname = 't_v'"))
        .isEqualTo("app");
    assertThat(database.value("select v from app.t")).isEqualTo("7");
    assertThat(database.value("select count(*) from public.t")).isEqualTo("0");
  }

  @Test
  void aStopEndsItBetweenTwoStatementsAndTheNextRunGoesOn(TestDatabase database) throws Exception {
    MigrationEngine engine =
        calls("perform pg_sleep(0.5); insert into t values (1);", database, 60_000);
    assertThat(cancelled(engine, database).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(database.value("select count(*) from t")).isEqualTo("1");
    assertThat(engine.migrate().steps().get(0).remark()).isEqualTo("resumed at statement 2 of 3");
    assertThat(database.value("select count(*) from t")).isEqualTo("3");
  }

  @Test
  void aStopThatCutsCodeHasTheCodeOfTheStop(TestDatabase database) throws Exception {
    MigrationException stopped = cancelled(calls("perform pg_sleep(30);", database, 50), database);
    assertThat(stopped.code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(stopped.getMessage()).contains("may have committed a part of its work");
  }

  @Test
  void whatARollbackDoesNotUndoIsSentOnce(TestDatabase database) throws Exception {
    database.execute("create table t (v int); create table other (v int)");
    MigrationEngine engine = new MigrationFolder(path)
        .script(
            "01_x.sql",
            "copy (select 1) to program 'cat >/dev/null';\nalter table t add w int;\nvacuum other;")
        .builder(database.dataSource())
        .limits(
            limits -> limits.lockTimeout(Duration.ofMillis(200)).lockRetry(Duration.ofSeconds(3)))
        .build();
    try (Connection other = database.dataSource().getConnection();
        Statement locking = other.createStatement()) {
      other.setAutoCommit(false);
      locking.execute("lock table t in access share mode");
      long started = System.nanoTime();
      assertThatThrownBy(engine::migrate).hasMessageContaining("lock timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void acceptingAnEditLeavesAloneWhatGoesOnByItself(TestDatabase database) {
    MigrationFolder folder =
        new MigrationFolder(path).script("01_t.sql", "create table t (v int);");
    folder.engine(database).migrate();
    String first = "-- migrator: transaction=off\ninsert into t values (1);\n";
    folder.script("02_x.sql", first + "select 1 / 0;");
    assertThatThrownBy(folder.engine(database)::migrate).hasMessageContaining("division by zero");
    folder.script("01_t.sql", "create table t (v int); -- edited");
    assertThat(folder.engine(database).repair().steps())
        .extracting(s -> s.migration().id())
        .containsExactly("01");
    folder
        .script("02_x.sql", first + "insert into t values (2);")
        .engine(database)
        .migrate();
    assertThat(database.query("select v from t")).containsExactly(List.of("1"), List.of("2"));
  }

  private MigrationEngine calls(String body, TestDatabase database, long graceMs) {
    database.execute("create table t (v int); create procedure p() language plpgsql as $$ begin "
        + body + " end $$");
    return new MigrationFolder(path)
        .script("01_x.sql", "-- migrator: transaction=off\ncall p();\ncall p();\ncall p();")
        .builder(database.dataSource())
        .limits(limits -> limits.grace(Duration.ofMillis(graceMs)))
        .build();
  }

  /** Cancels a run while its first CALL is under way. */
  private static MigrationException cancelled(MigrationEngine engine, TestDatabase database)
      throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<MigrationException> run =
          thread.submit(() -> catchThrowableOfType(MigrationException.class, engine::migrate));
      while (database.value(CALLING).equals("0")) {
        Thread.sleep(10);
      }
      assertThat(engine.cancel()).isTrue();
      return run.get(30, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }
}
