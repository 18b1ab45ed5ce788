package dev.migrator.internal.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.internal.inspect.Blocker.Backend;
import dev.migrator.internal.inspect.Blocker.Kind;
import dev.migrator.internal.inspect.Blocker.Prepared;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGPoolingDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** Who blocks a session and how far its index is, asked on real servers. */
@PostgresTest
@Timeout(120)
class ObserverTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Observer.class);

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void end() throws InterruptedException {
    logger.detachAppender(log);
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anIdleTransactionIsNamedAndTheQueueBehindItUnderstood(TestDatabase database)
      throws Exception {
    database.execute("create table t (a int)");
    PGSimpleDataSource reports = database.dataSource();
    reports.setApplicationName("nightly report");
    try (Connection idle = reports.getConnection();
        Connection first = database.dataSource().getConnection();
        Connection second = database.dataSource().getConnection();
        Session asking = Session.open(database.dataSource())) {
      idle.setAutoCommit(false);
      execute(idle, "select count(*) from t");
      Future<?> altering = later(first, "alter table t add column b int");
      waitUntil(() -> !Blockers.of(asking, pid(first)).isEmpty());
      Future<?> reading = later(second, "select * from t");
      waitUntil(() -> Blockers.of(asking, pid(second)).blockers().size() == 2);

      Blockers chain = Blockers.of(asking, pid(second));
      assertThat(chain.awaited()).isEqualTo("AccessShareLock on public.t");
      assertThat(chain.roots()).singleElement().isInstanceOfSatisfying(Backend.class, root -> {
        assertThat(root.kind()).isEqualTo(Kind.IDLE_TRANSACTION);
        assertThat(root.pid()).isEqualTo(pid(idle));
        assertThat(root.application()).isEqualTo("nightly report");
        assertThat(root.user()).isEqualTo(database.user());
        assertThat(root.state()).isEqualTo("idle in transaction");
        assertThat(root.transactionAge()).isPositive();
        assertThat(root.stateAge()).isPositive();
        assertThat(root.query()).isEqualTo("select count(*) from t");
        assertThat(root.holds()).isEqualTo("AccessShareLock");
      });
      assertThat(chain.blockers())
          .filteredOn(b -> b.kind() == Kind.WAITER)
          .singleElement()
          .isInstanceOfSatisfying(Backend.class, waiter -> {
            assertThat(waiter.pid()).isEqualTo(pid(first));
            assertThat(waiter.waitsFor()).containsExactly(pid(idle));
          });
      assertThat(chain.words())
          .contains("waits for ACCESS SHARE on public.t", "application 'nightly report'")
          .contains("last statement: select count(*) from t");
      assertThat(chain.advice()).contains("SELECT pg_terminate_backend(" + pid(idle) + ");");
      idle.rollback();
      altering.get();
      reading.get();
      assertThat(Blockers.of(asking, pid(second)).isEmpty()).isTrue();
    }
  }

  @Test
  void aPreparedTransactionIsNamedAndOneThatDoesNotConflictIsNot(TestDatabase database)
      throws Exception {
    database.execute("create table t (a int)");
    String gid = database.name() + "'s order";
    String quoted = "'" + gid.replace("'", "''") + "'";
    String harmless = "'" + database.name() + " harmless'";
    try (Connection preparing = database.dataSource().getConnection();
        Connection waiting = database.dataSource().getConnection();
        Session asking = Session.open(database.dataSource())) {
      execute(preparing, "begin; insert into t values (1); prepare transaction " + quoted);
      execute(preparing, "begin; select * from t; prepare transaction " + harmless);
      try {
        Future<?> indexing = later(waiting, "create index on t (a)");
        waitUntil(() -> !Blockers.of(asking, pid(waiting)).isEmpty());
        Blockers blockers = Blockers.of(asking, pid(waiting));
        assertThat(blockers.blockers())
            .singleElement()
            .isInstanceOfSatisfying(Prepared.class, prepared -> {
              assertThat(prepared.gid()).isEqualTo(gid);
              assertThat(prepared.database()).isEqualTo(database.name());
              assertThat(prepared.owner()).isEqualTo(database.user());
              assertThat(prepared.holds()).isEqualTo("RowExclusiveLock");
              assertThat(prepared.on()).isEqualTo("public.t");
            });
        assertThat(blockers.advice()).contains("ROLLBACK PREPARED " + quoted);
        execute(preparing, "rollback prepared " + quoted);
        indexing.get();
      } finally {
        execute(preparing, "rollback prepared " + harmless);
      }
    }
  }

  @Test
  void aRoleWithoutPrivilegesIsToldWhoButNotWhat(TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    TestRole role = database.createRole();
    database.execute("alter table t owner to " + role.name());
    try (Connection idle = database.dataSource().getConnection();
        Connection waiting = database.dataSource(role).getConnection();
        Session asking = Session.open(database.dataSource(role))) {
      idle.setAutoCommit(false);
      execute(idle, "select 'top secret' from t");
      Future<?> altering = later(waiting, "alter table t add column b int");
      waitUntil(() -> !Blockers.of(asking, pid(waiting)).isEmpty());
      Blockers blockers = Blockers.of(asking, pid(waiting));
      assertThat(blockers.blockers())
          .singleElement()
          .isInstanceOfSatisfying(Backend.class, blocker -> {
            assertThat(blocker.kind()).isEqualTo(Kind.NOT_VISIBLE);
            assertThat(blocker.pid()).isEqualTo(pid(idle));
            assertThat(blocker.user()).isEqualTo(database.user());
            assertThat(blocker.query()).isNull();
            assertThat(blocker.transactionAge()).isNull();
          });
      assertThat(blockers.words())
          .contains("not visible to role " + role.name())
          .doesNotContain("top secret");
      assertThat(blockers.advice()).contains("pg_read_all_stats");
      idle.rollback();
      altering.get();
    }
    database.execute("drop table t");
  }

  @Test
  void theBuildOfAnIndexTellsItsPhaseAndWhomItWaitsFor(TestDatabase database) throws Exception {
    database.execute("create table t (a int); insert into t select generate_series(1, 1000)");
    try (Connection writer = database.dataSource().getConnection();
        Connection building = database.dataSource().getConnection();
        Session working = Session.open(database.dataSource());
        Session asking = Session.open(database.dataSource())) {
      writer.setAutoCommit(false);
      execute(writer, "insert into t values (0)");
      List<Observation> seen = new CopyOnWriteArrayList<>();
      try (Observer observer =
          Observer.of(() -> working.beside(database.dataSource()), seen::add)) {
        observer.watching(pid(building));
        Future<?> build = later(building, "create index concurrently i on t (a)");
        waitUntil(() -> IndexProgress.of(asking, pid(building)).isPresent());
        waitUntil(() -> seen.stream().anyMatch(IndexProgress.class::isInstance)
            && seen.stream().anyMatch(Blockers.class::isInstance));
        IndexProgress progress = seen.stream()
            .filter(IndexProgress.class::isInstance)
            .map(IndexProgress.class::cast)
            .findFirst()
            .orElseThrow();
        assertThat(progress.command()).isEqualTo("CREATE INDEX CONCURRENTLY");
        assertThat(progress.phase()).isEqualTo("waiting for writers before build");
        assertThat(progress.percent()).isZero();
        assertThat(progress.table()).isEqualTo("public.t");
        assertThat(progress.index()).isEqualTo("public.i");
        assertThat(progress.lockerPid()).isEqualTo(pid(writer));
        assertThat(progress.words())
            .isEqualTo(
                "CREATE INDEX CONCURRENTLY public.i on public.t: waiting for writers before build, 0 %,"
                    + " waiting for pid " + pid(writer));
        writer.rollback();
        build.get();
        observer.idle();
      }
      assertThat(IndexProgress.of(asking, pid(building))).isEmpty();
    }
    assertThat(database.value("select indisvalid from pg_index where indexrelid = 'i'::regclass"))
        .isEqualTo("t");
  }

  @Test
  void whoBlocksIsLoggedOnceAndToldEverySecond(TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    AtomicInteger opened = new AtomicInteger();
    try (Connection idle = database.dataSource().getConnection();
        Connection waiting = database.dataSource().getConnection();
        Session working = Session.open(database.dataSource())) {
      idle.setAutoCommit(false);
      execute(idle, "lock table t");
      List<Observation> seen = new CopyOnWriteArrayList<>();
      PGSimpleDataSource observing = database.dataSource();
      observing.setApplicationName("observing");
      try (Observer observer = Observer.of(
          () -> {
            opened.incrementAndGet();
            return working.beside(observing);
          },
          observation -> {
            seen.add(observation);
            throw new IllegalStateException("a listener that fails");
          })) {
        for (int quick = 0; quick < 100; quick++) {
          observer.watching(pid(waiting));
          TimeUnit.MILLISECONDS.sleep(15);
          observer.idle();
        }
        assertThat(opened)
            .as("work that is done within a second is not looked at")
            .hasValue(0);
        observer.watching(pid(waiting));
        Future<?> altering = later(waiting, "alter table t add column b int");
        waitUntil(() -> seen.size() >= 3);
        assertThat(seen)
            .allSatisfy(observation -> assertThat(observation.words())
                .contains("pid " + pid(idle), "idle in transaction"));
        idle.rollback();
        altering.get();
        observer.idle();
        waitUntil(() -> database
            .value("select count(*) from pg_stat_activity where application_name = 'observing'")
            .equals("0"));
      }
    }
    assertThat(opened).hasValue(1);
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .satisfies(event -> assertThat(event.getFormattedMessage())
            .contains("ACCESS EXCLUSIVE on public.t", "Next:", "pg_terminate_backend"));
  }

  @Test
  void aPoolOfOneIsNotDisturbed(TestDatabase database) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(30_000);
    List<Observation> seen = new CopyOnWriteArrayList<>();
    try (HikariDataSource pool = new HikariDataSource(config)) {
      long parted;
      try (Session working = Session.open(pool)) {
        Observer observer = Observer.of(() -> working.beside(pool), seen::add);
        observer.watching(1);
        working.query(Command.of("SELECT pg_catalog.pg_sleep(2)"), row -> row);
        assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isEqualTo(1);
        long closing = System.nanoTime();
        observer.close();
        parted = System.nanoTime() - closing;
        waitUntil(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
      }
      assertThat(parted).isLessThan(TimeUnit.SECONDS.toNanos(2));
      try (Session next = Session.open(pool)) {
        assertThat(next.query(Command.of("SELECT 1"), row -> row.number(1))).containsExactly(1L);
      }
    }
    assertThat(seen).isEmpty();
  }

  /** It lends the connection to the observer after the working session has given it back. */
  @Test
  @SuppressWarnings("deprecation")
  void aPoolOfOneWhoseWaitIsNotInterruptedHasItsConnectionAfterwards(TestDatabase database)
      throws Exception {
    PGPoolingDataSource pool = new PGPoolingDataSource();
    try (Connection connection = database.dataSource().getConnection()) {
      pool.setUrl(connection.getMetaData().getURL());
      pool.setUser(connection.getMetaData().getUserName());
    }
    pool.setDataSourceName(database.name());
    pool.setMaxConnections(1);
    try {
      try (Session working = Session.open(pool)) {
        Observer observer = Observer.of(() -> working.beside(pool), observation -> {});
        observer.watching(1);
        working.query(Command.of("SELECT pg_catalog.pg_sleep(2)"), row -> row);
        observer.close();
      }
      Future<Long> next = threads.submit(() -> {
        // The observer has had its turn.
        Thread.sleep(500);
        try (Session session = Session.open(pool)) {
          return session.queryOne(Command.of("SELECT 1"), row -> row.number(1));
        }
      });
      assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    } finally {
      pool.close();
    }
  }

  @Test
  void aDataSourceThatLendsTheWorkingConnectionAgainLeavesItAlone(TestDatabase database)
      throws Exception {
    try (Connection only = database.dataSource().getConnection()) {
      DataSource lender = lending(only);
      try (Session working = Session.open(lender)) {
        working.pipeline(List.of(Command.of("BEGIN")));
        assertThatThrownBy(() -> working.beside(lender)).hasMessageContaining("second connection");
        assertThat(only.isClosed()).isFalse();
        Observer observer = Observer.of(() -> working.beside(lender), observation -> {});
        observer.watching(1);
        working.query(Command.of("SELECT pg_catalog.pg_sleep(2)"), row -> row);
        observer.close();
        working.pipeline(List.of(Command.of("COMMIT")));
        assertThat(only.isClosed()).isFalse();
      }
    }
    assertThat(log.list).noneMatch(event -> event.getLevel() == Level.WARN);
  }

  private static DataSource lending(Connection only) {
    return (DataSource) Proxy.newProxyInstance(
        DataSource.class.getClassLoader(),
        new Class<?>[] {DataSource.class},
        (self, method, args) ->
            method.getName().equals("getConnection") ? only : (PrintWriter) null);
  }

  private Future<?> later(Connection connection, String sql) {
    return threads.submit(() -> {
      execute(connection, sql);
      return null;
    });
  }

  private static void execute(Connection connection, String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int pid(Connection connection) {
    try {
      return connection.unwrap(PGConnection.class).getBackendPID();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
