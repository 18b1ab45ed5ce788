package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.migrator.config.TransactionMode;
import dev.migrator.report.HeldLock;
import dev.migrator.report.LockMode;
import dev.migrator.report.LockTime;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** How long strong locks were held, in the report. */
@PostgresTest
class LockTimesTest {

  private static final Duration SLEEP = Duration.ofMillis(300);

  private static final String LATE = """
      create table n (a int);
      alter table n add b int;
      select pg_sleep(0.3);
      create index on t (a);
      select pg_sleep(0.3);
      alter table t add b int;
      alter table u add b int;
      """;

  @TempDir
  Path path;

  @ParameterizedTest
  @EnumSource(TwoWaysTest.Way.class)
  void timeBeginsWithTheFirstStatementThatNeedsTheLock(TwoWaysTest.Way way, TestDatabase database) {
    database.execute("create table t (a int); create table u (a int)");
    MigrationReport report =
        way.engine(folder().script("01_late.sql", LATE), database).migrate();
    List<HeldLock> locks = report.steps().get(0).locks();
    assertThat(locks)
        .extracting(lock -> lock.relation() + " " + lock.mode() + " " + lock.position())
        .containsExactly(
            "t ACCESS EXCLUSIVE 01_late.sql:4:1", "u ACCESS EXCLUSIVE 01_late.sql:7:1");
    Duration t = locks.get(0).held();
    assertThat(t)
        .isGreaterThanOrEqualTo(SLEEP)
        .isLessThanOrEqualTo(report.steps().get(0).duration().minus(SLEEP));
    assertThat(locks.get(1).held()).isPositive().isLessThanOrEqualTo(t.minus(SLEEP));
  }

  @Test
  void aLockThatTheFirstStatementTakesIsHeldAllTheTime(TestDatabase database) {
    database.execute("create table t (a int)");
    MigrationReport report = folder()
        .script("01_first.sql", "alter table t add b int; select pg_sleep(0.3);")
        .engine(database)
        .migrate();
    assertThat(report.steps().get(0).locks())
        .singleElement()
        .satisfies(lock ->
            assertThat(lock.held()).isBetween(SLEEP, report.steps().get(0).duration()));
  }

  @Test
  void whatSharesATransactionHoldsItsLocksUntilItsEnd(TestDatabase database) {
    database.execute("create table t (a int)");
    MigrationReport report = folder()
        .script("01_a.sql", "create table n (); lock t in share mode;")
        .script(
            "02_b.sql", "select pg_sleep(0.3); alter table n add b int; alter table t add b int;")
        .builder(database.dataSource())
        .transactionMode(TransactionMode.SINGLE)
        .build()
        .migrate();
    assertThat(report.steps().get(0).locks()).singleElement().satisfies(lock -> {
      assertThat(lock.mode()).isEqualTo(LockMode.ACCESS_EXCLUSIVE);
      assertThat(lock.held()).isGreaterThanOrEqualTo(SLEEP);
    });
    assertThat(report.steps().get(1).locks()).isEmpty();
  }

  @Test
  void withoutATransactionEachStatementHoldsItsOwn(TestDatabase database) {
    database.execute("create table t (a int)");
    MigrationReport report = folder()
        .script(
            "01_alone.sql",
            "create index concurrently i on t (a); alter table t add b int; vacuum t; select pg_sleep(0.3);"
                + " vacuum full t;")
        .engine(database)
        .migrate();
    assertThat(report.steps().get(0).locks()).singleElement().satisfies(lock -> {
      assertThat(lock.mode()).isEqualTo(LockMode.ACCESS_EXCLUSIVE);
      assertThat(lock.held())
          .isPositive()
          .isLessThanOrEqualTo(report.steps().get(0).duration().minus(SLEEP));
    });
  }

  @Test
  void whatSharesATransactionInAMixedScriptHoldsItsLockOnce(TestDatabase database) {
    database.execute("create table t (a int); create table u (a int)");
    MigrationReport report = folder()
        .script(
            "01_m.sql",
            "alter table t add b int; select pg_sleep(0.3); alter table t add c int; alter table t add d int;"
                + " alter table u add b int; vacuum t;")
        .engine(database)
        .migrate();
    List<HeldLock> locks = report.steps().get(0).locks();
    assertThat(locks).extracting(HeldLock::relation).containsExactly("t", "u");
    assertThat(locks.get(0).held()).isBetween(SLEEP, report.steps().get(0).duration());
    assertThat(locks.get(1).held()).isLessThanOrEqualTo(locks.get(0).held().minus(SLEEP));
  }

  @Test
  void theReportAddsThemUpForEachRelation(TestDatabase database) {
    database.execute("create table t (a int); create table u (a int)");
    MigrationReport report = folder()
        .script("01_a.sql", "create index on t (a); select pg_sleep(0.3);")
        .script("02_b.sql", "alter table t add b int; alter table u add b int;")
        .script("03_c.sql", "create table n (); do 'begin truncate t; end';")
        .engine(database)
        .migrate();
    assertThat(report.locks())
        .extracting(LockTime::relation, LockTime::mode, LockTime::migrations)
        .containsExactly(
            tuple("t", LockMode.ACCESS_EXCLUSIVE, 2), tuple("u", LockMode.ACCESS_EXCLUSIVE, 1));
    assertThat(report.locks().get(0).held())
        .isEqualTo(report
            .steps()
            .get(0)
            .locks()
            .get(0)
            .held()
            .plus(report.steps().get(1).locks().get(0).held()));
    assertThat(report.steps().get(2).locks()).isEmpty();
  }

  @Test
  void aScriptThatChangesItsSessionIsMeasuredAllTheSame(TestDatabase database) {
    database.execute(
        "create table t (a int); create schema mine;"
            + " create operator mine.- (leftarg = timestamptz, rightarg = timestamptz, function = pg_catalog.timestamptz_mi)");
    MigrationReport report = folder().script("01_odd.sql", """
            begin isolation level serializable;
            reset all;
            set local search_path = mine, public, pg_catalog;
            set local intervalstyle = 'sql_standard';
            set local lc_numeric = 'C';
            select pg_sleep(0.3);
            alter table t add b int;
            commit;
            """).engine(database).migrate();
    assertThat(report.steps().get(0).locks())
        .singleElement()
        .satisfies(lock -> assertThat(lock.held())
            .isLessThanOrEqualTo(report.steps().get(0).duration().minus(SLEEP)));
  }

  @Test
  void theLogWarnsOfALockThatOthersHaveFelt(TestDatabase database) {
    database.execute("create table t (a int)");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.migrator.internal.execute.Executor");
    logger.addAppender(log);
    try {
      folder()
          .script("01_short.sql", "alter table t add b int;")
          .script("02_long.sql", "select 1;\nalter table t add c int; select pg_sleep(1.1);")
          .engine(database)
          .migrate();
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains("02 long held ACCESS EXCLUSIVE on t for up to ", "from 02_long.sql:2:1");
  }

  private MigrationFolder folder() {
    return new MigrationFolder(path);
  }
}
