package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.faults.Fault.Kind;
import dev.migrator.faults.Fault.Moment;
import dev.migrator.faults.FaultProxy.Others;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A harness that breaks nothing would find nothing. */
@PostgresTest
class FaultProxyTest {

  private static final String INSERT = "insert into t values (1)";

  /** How many messages connecting takes, and an INSERT after it: Parse, Bind, Describe, Execute, Sync. */
  private int beforeInsert;

  private int afterInsert;

  @BeforeEach
  void count(TestDatabase database) throws Exception {
    database.execute("create table t (n int)");
    try (FaultProxy proxy = FaultProxy.before(database.dataSource(), Others.PASS);
        Connection connection = proxy.dataSource().getConnection()) {
      beforeInsert = proxy.messages(Direction.TO_SERVER);
      execute(connection, INSERT);
      afterInsert = proxy.messages(Direction.TO_SERVER);
    }
    database.execute("truncate t");
    assertThat(afterInsert - beforeInsert).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void theAnswerToWhatArrivedIsLost(Kind kind, TestDatabase database) throws Exception {
    try (FaultProxy proxy = proxy(database, kind, Moment.AFTER, afterInsert)) {
      assertThat(milliseconds(proxy, INSERT)).isLessThan(10_000);
      assertThat(proxy.struck()).isCompleted();
    }
    // After a reset the server may have stopped before it was done.
    if (kind != Kind.RESET) {
      await(database, "select count(*) = 1 from t");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotArriveDoesNotHappen(Kind kind, TestDatabase database) throws Exception {
    try (FaultProxy proxy = proxy(database, kind, Moment.BEFORE, afterInsert)) {
      milliseconds(proxy, INSERT);
    }
    await(
        database,
        "select count(*) = 1 from pg_stat_activity where datname = current_database()"
            + " and backend_type = 'client backend'");
    assertThat(database.value("select count(*) from t")).isEqualTo("0");
  }

  @Test
  void aStalledClientLearnsOfItLate(TestDatabase database) throws Exception {
    for (Kind kind : new Kind[] {Kind.STALL, Kind.SERVER_SEES_IT_FIRST}) {
      try (FaultProxy proxy = proxy(database, kind, Moment.AFTER, afterInsert)) {
        assertThat(milliseconds(proxy, INSERT)).isGreaterThanOrEqualTo(FaultProxy.HOLD.toMillis());
      }
    }
  }

  @Test
  void aClientThatIsGoneIsStillThereForTheServer(TestDatabase database) throws Exception {
    try (FaultProxy proxy = proxy(database, Kind.CLIENT_SEES_IT_FIRST, Moment.AFTER, afterInsert)) {
      try (Connection connection = proxy.dataSource().getConnection()) {
        assertThatThrownBy(() -> execute(connection, INSERT)).isInstanceOf(SQLException.class);
      }
      assertThat(database.value(
              "select count(*) from pg_stat_activity where datname = current_database() and query = ?",
              INSERT))
          .isEqualTo("1");
    }
  }

  @Test
  void anAnswerCanBeLostAtEveryMessageOfIt(TestDatabase database) throws Exception {
    for (Moment moment : Moment.values()) {
      int failures = 0;
      for (int message = 1; message < 30; message++) {
        Fault fault = new Fault(Kind.CUT, moment, Direction.TO_CLIENT, message);
        try (FaultProxy proxy = FaultProxy.before(database.dataSource(), Others.PASS, fault);
            Connection connection = proxy.dataSource().getConnection()) {
          execute(connection, INSERT);
        } catch (SQLException e) {
          failures++;
        }
      }
      assertThat(failures).isBetween(15, 29);
    }
  }

  @Test
  void furtherConnectionsPassOrAreRefusedOrBreakToo(TestDatabase database) throws Exception {
    Fault fault = new Fault(Kind.CUT, Moment.AFTER, Direction.TO_SERVER, 1);
    try (FaultProxy proxy = FaultProxy.before(database.dataSource(), Others.PASS, fault, fault)) {
      assertThatThrownBy(() -> connect(proxy)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> connect(proxy)).isInstanceOf(SQLException.class);
      assertThatCode(() -> connect(proxy)).doesNotThrowAnyException();
      assertThat(proxy.connections()).isEqualTo(3);
    }
    try (FaultProxy proxy = FaultProxy.before(database.dataSource(), Others.REFUSED, fault)) {
      assertThatThrownBy(() -> connect(proxy)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> connect(proxy)).isInstanceOf(SQLException.class);
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void requestsToCancelPass(TestDatabase database) throws Exception {
    try (FaultProxy proxy = FaultProxy.before(
            database.dataSource(),
            Others.REFUSED,
            new Fault(Kind.CUT, Moment.AFTER, Direction.TO_SERVER, 1_000));
        Connection connection = proxy.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("select pg_sleep(30)"))
          .hasMessageContaining("canceling statement due to user request");
    }
  }

  private static FaultProxy proxy(TestDatabase database, Kind kind, Moment moment, int message)
      throws Exception {
    return FaultProxy.before(
        database.dataSource(), Others.PASS, new Fault(kind, moment, Direction.TO_SERVER, message));
  }

  /** How long it takes until the statement has failed. */
  private static long milliseconds(FaultProxy proxy, String sql) throws SQLException {
    try (Connection connection = proxy.dataSource().getConnection()) {
      long started = System.nanoTime();
      assertThatThrownBy(() -> execute(connection, sql)).isInstanceOf(SQLException.class);
      return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }
  }

  private static void connect(FaultProxy proxy) throws SQLException {
    PGSimpleDataSource dataSource = proxy.dataSource();
    dataSource.getConnection().close();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void await(TestDatabase database, String condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!database.value(condition).equals("t")) {
      assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
