package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.Limits;
import dev.migrator.event.MigrationEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs in no transaction, and is no CONCURRENTLY: how long it waits for a lock, and that it is tried again. */
@PostgresTest
@Timeout(60)
class LoneStatementTest {

  private static final Limits QUICK = Limits.DEFAULT.lockTimeout(Duration.ofMillis(100));
  private static final Limits PATIENT = Limits.DEFAULT.lockTimeout(Duration.ofSeconds(50));

  @TempDir
  Path path;

  private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vacuum full t;",
        "-- migrator: transaction=off\nreindex table t;",
        "-- migrator: transaction=off\ncluster t using t_a;",
        "reindex schema public;"
      })
  void oneThatMeetsALockLetsOthersPassAndTriesAgain(String script, TestDatabase database)
      throws Exception {
    database.execute("create table t (a int); create index t_a on t (a)");
    MigrationEngine engine = engine(database, script, QUICK);
    Future<MigrationReport> run;
    try (Connection other = reading(database)) {
      run = threads.submit(() -> engine.migrate());
      await(() -> retries() >= 1);
      // Behind one that waits for ever, this would wait as long.
      database.execute("set statement_timeout = '5s'; select * from t where a = 1");
      await(() -> retries() >= 2);
      other.rollback();
    }
    assertThat(run.get().migrations()).hasSize(1);
    assertThat(database.query("select status from migration_history"))
        .containsExactly(List.of("success"));
    assertThat(database.query(
            "select finished_at is not null, details ->> 'failed' from migration_journal"))
        .containsExactly(List.of("t", "NULL"));
  }

  @Test
  void itsScriptsOwnLimitsCount(TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    MigrationEngine engine =
        engine(database, "-- migrator: lock-timeout=100ms\nvacuum full t;", PATIENT);
    try (Connection other = reading(database)) {
      Future<MigrationReport> run = threads.submit(() -> engine.migrate());
      await(() -> retries() >= 1);
      other.rollback();
      assertThat(run.get().migrations()).hasSize(1);
    }
    MigrationEngine second = engineWith(
        database, "02_b.sql", "-- migrator: statement-timeout=300ms\nvacuum full t;", PATIENT);
    try (Connection other = reading(database)) {
      assertThatThrownBy(second::migrate).isInstanceOfSatisfying(MigrationException.class, e -> {
        assertThat(e.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
        assertThat(e.sqlState()).contains("57014");
      });
      other.rollback();
    }
    assertThat(second.migrate().migrations()).hasSize(1);
  }

  @Test
  void theLimitsAreThereForItAlone(TestDatabase database) {
    database.execute("""
        create table t (v text);
        insert into t values ('a');
        create function tell(text) returns text immutable language plpgsql as $$ begin
          raise notice '% and %', current_setting('lock_timeout'), current_setting('statement_timeout');
          return $1; end $$;
        create procedure called() language plpgsql as $$ begin
          raise notice 'called: %', current_setting('lock_timeout'); end $$;
        create index on t (tell(v));
        """);
    MigrationReport report = engine(
            database, """
            -- migrator: transaction=off
            reindex table t;
            create index concurrently on t (tell(v));
            call called();
            set lock_timeout = '7s';
            reindex index t_tell_idx;
            call called();
            set lock_timeout = 0;
            reindex index t_tell_idx;
            """, Limits.DEFAULT.statementTimeout(Duration.ofMinutes(9)))
        .migrate();
    assertThat(report.steps().get(0).notices())
        .filteredOn(notice -> notice.contains(" and ") || notice.contains("called"))
        .extracting(notice -> notice.substring(notice.indexOf(": ") + 2))
        .contains("3s and 9min", "0 and 0", "called: 0", "7s and 9min", "called: 7s", "0 and 9min")
        .startsWith("3s and 9min")
        .endsWith("0 and 9min");
  }

  @Test
  void codeThatMayCommitAPartHasTheLimitsThatItsAuthorWroteOnly(TestDatabase database) {
    database.execute(
        "create procedure slow() language plpgsql as $$ begin perform pg_sleep(1); end $$;");
    Limits limits = Limits.DEFAULT.statementTimeout(Duration.ofMillis(200));
    assertThat(engine(database, "-- migrator: transaction=off\ncall slow();", limits)
            .migrate()
            .steps())
        .hasSize(1);
    MigrationEngine asked = engineWith(
        database,
        "02_b.sql",
        "-- migrator: transaction=off, statement-timeout=200ms\ncall slow();",
        Limits.DEFAULT);
    assertThatThrownBy(asked::migrate).hasMessageContaining("statement timeout");
  }

  @Test
  void oneThatIsCancelledBetweenTwoAttemptsIsBegunAgainByTheNextRun(TestDatabase database)
      throws Exception {
    database.execute("create table t (a int)");
    MigrationEngine engine = engine(database, "vacuum full t;", QUICK);
    try (Connection other = reading(database)) {
      Future<MigrationReport> run = threads.submit(() -> engine.migrate());
      await(() -> retries() >= 1);
      engine.cancel();
      assertThatThrownBy(run::get)
          .cause()
          .hasMessageContaining("finished none of its statements")
          .isInstanceOfSatisfying(
              MigrationException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CANCELLED));
      other.rollback();
    }
    assertThat(database.query(
            "select finished_at is null, details ->> 'failed' from migration_journal"))
        .containsExactly(List.of("t", "true"));
    assertThat(engine.migrate().migrations()).hasSize(1);
  }

  private MigrationEngine engine(TestDatabase database, String script, Limits limits) {
    return engineWith(database, "01_a.sql", script, limits);
  }

  private MigrationEngine engineWith(
      TestDatabase database, String name, String script, Limits limits) {
    return new MigrationFolder(path)
        .script(name, script)
        .builder(database.dataSource())
        .limits(defaults -> limits)
        .listener(events::add)
        .build();
  }

  /** A transaction that has read the table and stands idle. */
  private static Connection reading(TestDatabase database) throws Exception {
    Connection other = database.dataSource().getConnection();
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      // Its indexes too.
      statement.execute("select * from t where a = 1");
    }
    return other;
  }

  private long retries() {
    return events.stream().filter(MigrationEvent.Retried.class::isInstance).count();
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
