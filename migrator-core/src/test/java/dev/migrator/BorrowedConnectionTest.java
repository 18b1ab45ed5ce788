package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/** The connection belongs to the caller: it goes back as it came. */
@PostgresTest
class BorrowedConnectionTest {

  @TempDir
  Path path;

  @Test
  void aConnectionInsideATransactionIsRefusedAndItsWorkIsNotCommitted(TestDatabase database)
      throws SQLException {
    database.execute("create table mine (a int)");
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("insert into mine values (1)");
      assertThatThrownBy(() -> folder.builder(new Lender(connection)).build().migrate())
          .isInstanceOfSatisfying(MigrationException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.CONNECTION_UNUSABLE);
            assertThat(e).hasMessageContaining("inside a transaction");
          });
      connection.rollback();
    }
    assertThat(database.value("select count(*) from mine")).isEqualTo("0");
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  @Test
  void everythingThatWasSetIsAsItWas(TestDatabase database) throws SQLException {
    database.execute("create schema app; create role borrower; grant borrower to current_user");
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table public.a (); set search_path = pg_catalog; set work_mem = '5MB'; set application_name = 'x';"
                + " set role pg_monitor;")
        .script("02_b.sql", "create index concurrently on public.a ((1));");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "set search_path = app, public; set statement_timeout = '77s'; set work_mem = '9MB'");
      statement.execute("prepare mine as select 1");
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setNetworkTimeout(Runnable::run, 12_345);
      PGConnection driver = connection.unwrap(PGConnection.class);
      driver.setPrepareThreshold(3);
      driver.setAutosave(AutoSave.ALWAYS);
      connection.rollback();
      Map<String, String> before = state(connection);

      folder.builder(new Lender(connection)).trackingSchema("public").build().migrate();

      assertThat(state(connection)).isEqualTo(before);
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.isReadOnly()).isTrue();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      assertThat(connection.getNetworkTimeout()).isEqualTo(12_345);
      assertThat(driver.getPrepareThreshold()).isEqualTo(3);
      assertThat(driver.getAutosave()).isEqualTo(AutoSave.ALWAYS);
      connection.rollback();
    } finally {
      database.execute("drop role borrower");
    }
  }

  @Test
  void aPoolOfOneIsEnoughAndItsInitSqlSurvives(TestDatabase database) throws SQLException {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table a (b int); set search_path to pg_catalog; set statement_timeout = 0;")
        .script("02_i.sql", "create index concurrently on a (b);");
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(2_000);
    config.setConnectionInitSql("set statement_timeout = '66s'");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      folder.builder(pool).build().migrate();
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(
              "select current_setting('statement_timeout'), current_setting('search_path')")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("66s");
        assertThat(rows.getString(2)).isEqualTo("\"$user\", public");
      }
    }
  }

  @Test
  void aProxyWithoutAConnectionBehindItIsToldAsSuchAndNotByWhatItsCloseThrows() {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "select 1;");
    Connection proxy = (Connection) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Connection.class},
        (self, method, arguments) -> {
          throw new IllegalStateException("no current connection: " + method.getName());
        });
    DataSource dataSource = (DataSource) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {DataSource.class},
        (self, method, arguments) -> proxy);
    assertThatThrownBy(() -> folder.builder(dataSource).build().migrate())
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.CONNECTION_UNUSABLE);
          assertThat(e).hasMessageContaining("no current connection: isWrapperFor");
          assertThat(e)
              .hasStackTraceContaining(
                  "Suppressed: java.lang.IllegalStateException: no current connection: close");
        });
  }

  @Test
  void anUnreachableDatabaseIsToldWithoutItsPassword(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "select 1;");
    var dataSource = database.dataSource();
    dataSource.setPortNumbers(new int[] {1});
    dataSource.setPassword("topsecret");
    assertThatThrownBy(() -> folder.builder(dataSource).build().migrate())
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.DATABASE_UNREACHABLE);
          assertThat(e.getMessage())
              .contains("Next: check that the server runs")
              .doesNotContain("topsecret");
        });
  }

  private static Map<String, String> state(Connection connection) throws SQLException {
    Map<String, String> state = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "select name, setting from pg_settings where source = 'session' and name <> 'transaction_isolation'"
                + " union all select 'role', current_setting('role')"
                + " union all select 'prepared ' || name, '' from pg_prepared_statements where from_sql")) {
      while (rows.next()) {
        state.put(rows.getString(1), rows.getString(2));
      }
    }
    connection.rollback();
    return state;
  }

  /** Lends one connection and takes it back without closing it. */
  record Lender(Connection connection) implements DataSource {

    @Override
    public Connection getConnection() {
      return (Connection) java.lang.reflect.Proxy.newProxyInstance(
          Lender.class.getClassLoader(),
          new Class<?>[] {Connection.class},
          (self, method, arguments) -> {
            if (method.getName().equals("close")) {
              return null;
            }
            try {
              return method.invoke(connection, arguments);
            } catch (java.lang.reflect.InvocationTargetException e) {
              throw e.getCause();
            }
          });
    }

    @Override
    public Connection getConnection(String user, String password) {
      return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("no");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
