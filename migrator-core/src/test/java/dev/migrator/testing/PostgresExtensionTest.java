package dev.migrator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.postgresql.util.PSQLException;

@PostgresTest
class PostgresExtensionTest {
  /** The driver closes a leaked connection that the garbage collector finds. */
  private static final List<Connection> KEPT = new CopyOnWriteArrayList<>();

  private static volatile String lastName = "";

  private final TestDatabase fromConstructor;
  private TestDatabase fromBeforeEach;

  PostgresExtensionTest(TestDatabase database) {
    fromConstructor = database;
    fromBeforeEach = database;
  }

  @BeforeEach
  void remember(TestDatabase database) {
    fromBeforeEach = database;
  }

  @Test
  void every_parameter_of_a_test_is_the_same_database(TestDatabase one, TestDatabase other) {
    assertThat(other).isSameAs(one).isSameAs(fromConstructor).isSameAs(fromBeforeEach);
  }

  @Test
  void a_database_is_empty(TestDatabase database) {
    assertThat(database.query(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEmpty();
    assertThat(database.value("SELECT current_database()")).isEqualTo(database.name());
  }

  @Test
  void values_come_back_as_the_server_writes_them(TestDatabase database) {
    database.execute(
        "CREATE TABLE t (a int, b boolean); INSERT INTO t VALUES (1, true), (2, NULL)");

    assertThat(database.query("SELECT a, b FROM t WHERE a < ? ORDER BY a", 5))
        .containsExactly(List.of("1", "t"), List.of("2", "NULL"));
    assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("2");
    assertThatThrownBy(() -> database.value("SELECT a FROM t"))
        .hasMessageContaining("expected one value");
    assertThatThrownBy(() -> database.execute("SELECT 1/0"))
        .hasMessageContaining("division by zero")
        .hasCauseInstanceOf(PSQLException.class);
  }

  @Test
  void the_url_of_a_database_leads_there(TestDatabase database) throws SQLException {
    try (Connection connection = java.sql.DriverManager.getConnection(
        database.jdbcUrl(), database.user(), database.password())) {
      assertThat(connection.getCatalog()).isEqualTo(database.name());
    }
  }

  @Test
  void a_sibling_is_another_database(TestDatabase database) {
    database.execute("CREATE TABLE t ()");

    assertThat(database.sibling().value("SELECT to_regclass('t')::text")).isEqualTo("NULL");
  }

  @Test
  void a_role_proves_who_it_is(TestDatabase database) throws SQLException {
    TestRole role = database.createRole();
    database.execute("GRANT CREATE ON SCHEMA public TO " + role.name());

    try (Connection connection = database.dataSource(role).getConnection()) {
      Leaky.run(connection, "CREATE TABLE mine ()");
    }

    // How a server that somebody else configured asks for passwords is theirs to say.
    assumeThat(PostgresServer.shared().source())
        .as("needs a server of our own")
        .isNotEqualTo(ServerSource.CONFIGURED);
    assertThatThrownBy(
            () -> database.dataSource(new TestRole(role.name(), "wrong")).getConnection())
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void a_role_is_dropped_with_the_database(TestDatabase database) {
    String name;
    try (TestDatabase other = PostgresServer.shared().createDatabase()) {
      TestRole role = other.createRole("CREATEDB");
      other.execute("CREATE TABLE theirs (); ALTER TABLE theirs OWNER TO " + role.name());
      name = role.name();
    }

    assertThat(database.query("SELECT 1 FROM pg_roles WHERE rolname = ?", name)).isEmpty();
  }

  @Test
  void a_closed_database_is_gone(TestDatabase database) {
    run("leaves_nothing").assertStatistics(statistics -> statistics.succeeded(1));

    assertThat(database.query("SELECT 1 FROM pg_database WHERE datname = ?", lastName))
        .isEmpty();
  }

  @Test
  void a_leaked_connection_fails_the_test(TestDatabase database) {
    assertFailed("leaks_a_connection", "a connection: pid ", "application \"leaky\"", "SELECT 42");
    assertThat(database.query("SELECT 1 FROM pg_database WHERE datname = ?", lastName))
        .isEmpty();
  }

  @Test
  void a_leaked_advisory_lock_fails_the_test() {
    assertFailed("leaks_an_advisory_lock", "an advisory lock: key 4711, held by pid ");
  }

  @Test
  void a_leaked_prepared_transaction_fails_the_test(TestDatabase database) {
    assertFailed("leaks_a_prepared_transaction", "a prepared transaction: left over");
    assertThat(database.query("SELECT 1 FROM pg_database WHERE datname = ?", lastName))
        .isEmpty();
  }

  @Test
  void a_leak_in_a_sibling_fails_the_test() {
    assertFailed("leaks_in_a_sibling", "a connection: pid ");
  }

  @Test
  void a_leak_does_not_hide_why_the_test_failed() {
    run("fails_and_leaks")
        .assertThatEvents()
        .haveExactly(1, event(test(), finishedWithFailure(message("the real reason"))));
  }

  private static void assertFailed(String method, String... parts) {
    run(method)
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                test(),
                finishedWithFailure(
                    instanceOf(AssertionError.class),
                    message(text -> List.of(parts).stream().allMatch(text::contains)))));
  }

  private static Events run(String method) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(Leaky.class, method, TestDatabase.class.getName()))
        .execute()
        .testEvents();
  }

  /** Not a test class of the suite: the tests above run its methods one by one. */
  @PostgresTest
  static class Leaky {
    @Test
    void leaves_nothing(TestDatabase database) throws SQLException {
      leak(database, connection -> {}).close();
    }

    @Test
    void leaks_a_connection(TestDatabase database) {
      leak(database, connection -> run(connection, "SELECT 42"));
    }

    @Test
    void leaks_an_advisory_lock(TestDatabase database) {
      leak(database, connection -> run(connection, "SELECT pg_advisory_lock(4711)"));
    }

    @Test
    void leaks_a_prepared_transaction(TestDatabase database) throws SQLException {
      leak(
              database,
              connection ->
                  run(connection, "BEGIN; CREATE TABLE t (); PREPARE TRANSACTION 'left over'"))
          .close();
    }

    @Test
    void leaks_in_a_sibling(TestDatabase database) {
      leak(database.sibling(), connection -> {});
    }

    @Test
    void fails_and_leaks(TestDatabase database) {
      leak(database, connection -> {});
      throw new IllegalStateException("the real reason");
    }

    private static Connection leak(TestDatabase database, Consumer<Connection> action) {
      lastName = database.name();
      var dataSource = database.dataSource();
      dataSource.setApplicationName("leaky");
      try {
        Connection connection = dataSource.getConnection();
        KEPT.add(connection);
        action.accept(connection);
        return connection;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void run(Connection connection, String sql) {
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
