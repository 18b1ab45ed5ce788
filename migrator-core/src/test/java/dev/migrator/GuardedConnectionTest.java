package dev.migrator;

import static dev.migrator.Coded.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** What a migration written in Java can, and cannot, do with its connection. */
@PostgresTest
class GuardedConnectionTest {

  @TempDir
  Path path;

  @Test
  void whatWouldBreakTheFrameIsRefused(TestDatabase database) {
    migrate(database, connection -> {
      refused(connection::commit, "committed together with its record");
      refused(connection::rollback, "throw an exception");
      refused(() -> connection.setAutoCommit(true), "one transaction");
      refused(() -> connection.abort(Runnable::run), "belongs to Migrator");
      refused(() -> connection.setReadOnly(true), "belongs to Migrator");
      refused(() -> connection.setNetworkTimeout(Runnable::run, 1), "belongs to Migrator");
      refused(() -> connection.unwrap(BaseConnection.class), "PGConnection");
      connection.setAutoCommit(false);
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.isClosed()).isFalse();
      connection.close();
      assertThat(connection.isClosed()).isTrue();
      assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
      assertThat(connection).hasToString("guarded Connection");
      execute(connection, "create table after_close ()");
    });
    assertThat(database.value("select to_regclass('after_close')")).isEqualTo("after_close");
  }

  @Test
  void noWayLeadsAroundTheGuard(TestDatabase database) {
    migrate(database, connection -> {
      try (PreparedStatement statement = connection.prepareStatement("select 1");
          ResultSet rows = statement.executeQuery();
          ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
        assertThat(statement.getConnection()).isSameAs(connection);
        assertThat(rows.getStatement().getConnection()).isSameAs(connection);
        assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
        assertThat(tables).isNotNull();
        refused(() -> statement.unwrap(org.postgresql.core.BaseStatement.class), "refused");
      }
    });
  }

  @Test
  void anArrayDoesNotLeadAroundItAndCanBeGivenBackToTheDriver(TestDatabase database) {
    migrate(database, connection -> {
      execute(connection, "create table t (v int[])");
      Array made = connection.createArrayOf("int4", new Object[] {1, 2});
      assertThat(made).hasToString("{\"1\",\"2\"}");
      try (ResultSet elements = made.getResultSet()) {
        assertThat(elements.getStatement().getConnection()).isSameAs(connection);
      }
      try (PreparedStatement insert = connection.prepareStatement("insert into t values (?)")) {
        insert.setArray(1, made);
        insert.executeUpdate();
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select v from t")) {
        assertThat(rows.next()).isTrue();
        Array read = rows.getArray(1);
        assertThat(read.getResultSet().getStatement().getConnection()).isSameAs(connection);
        assertThat((Object[]) ((Array) rows.getObject(1)).getArray()).containsExactly(1, 2);
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?)")) {
          insert.setObject(1, read);
          insert.executeUpdate();
        }
      }
    });
    assertThat(database.query("select v from t"))
        .containsExactly(List.of("{1,2}"), List.of("{1,2}"));
  }

  @Test
  void savepointsWork(TestDatabase database) {
    migrate(database, connection -> {
      execute(connection, "create table t (v int)");
      Savepoint before = connection.setSavepoint();
      execute(connection, "insert into t values (1)");
      connection.rollback(before);
      Savepoint named = connection.setSavepoint("a \"name\"");
      assertThatThrownBy(() -> execute(connection, "nonsense")).isInstanceOf(SQLException.class);
      connection.rollback(named);
      connection.releaseSavepoint(named);
      assertThat(named.getSavepointName()).isEqualTo("a \"name\"");
      execute(connection, "insert into t values (2)");
    });
    assertThat(database.value("select sum(v) from t")).isEqualTo("2");
  }

  @Test
  void copyGoesThroughTheDriversOwnInterfaceAndNothingElse(TestDatabase database) {
    migrate(database, connection -> {
      execute(connection, "create table t (v int)");
      assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
      PGConnection driver = connection.unwrap(PGConnection.class);
      assertThat(driver.getCopyAPI().copyIn("copy t from stdin", new StringReader("1\n2\n")))
          .isEqualTo(2);
      assertThat(driver).isNotInstanceOf(Connection.class);
      assertThatThrownBy(() -> driver.setPrepareThreshold(9))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("belongs to the pool");
    });
    assertThat(database.value("select sum(v) from t")).isEqualTo("3");
  }

  @Test
  @Timeout(60)
  void whatWouldWaitForAnOpenCopyIsRefused(TestDatabase database) {
    List<CopyManager> kept = new ArrayList<>();
    migrate(database, connection -> {
      execute(connection, "create table t (v int)");
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      kept.add(copies);
      CopyIn in = copies.copyIn("copy t from stdin");
      refused(() -> execute(connection, "select 1"), "a COPY is open");
      refused(connection::setSavepoint, "a COPY is open");
      refused(() -> connection.getMetaData().getSchemas(), "a COPY is open");
      refused(() -> copies.copyOut("copy t to stdout"), "a COPY is open");
      in.writeToCopy("1\n".getBytes(StandardCharsets.US_ASCII), 0, 2);
      assertThat(in.endCopy()).isEqualTo(1);
      execute(connection, "insert into t values (2)");
    });
    assertThat(database.value("select sum(v) from t")).isEqualTo("3");
    refused(() -> kept.get(0).copyOut("copy t to stdout"), "the migration is over");
  }

  @Test
  void whatIsLeftOpenIsClosedAndTheConnectionEndsWithTheMethod(TestDatabase database) {
    List<Connection> kept = new ArrayList<>();
    List<Statement> statements = new ArrayList<>();
    migrate(database, connection -> {
      kept.add(connection);
      Statement left = connection.createStatement();
      statements.add(left);
      assertThat(left.executeQuery("select 1").next()).isTrue();
    });
    refused(() -> kept.get(0).createStatement(), "the migration is over");
    refused(() -> statements.get(0).execute("select 1"), "the migration is over");
    assertThatThrownBy(() -> kept.get(0).getMetaData()).isInstanceOf(SQLException.class);
  }

  @Test
  void aBatchAndGeneratedKeysWork(TestDatabase database) {
    migrate(database, connection -> {
      execute(connection, "create table t (id int generated always as identity, v int)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into t (v) values (?)", new String[] {"id"})) {
        for (int i = 0; i < 1000; i++) {
          insert.setInt(1, i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(1000);
        try (ResultSet keys = insert.getGeneratedKeys()) {
          assertThat(keys.next()).isTrue();
        }
      }
    });
    assertThat(database.value("select count(*) from t")).isEqualTo("1000");
  }

  private void migrate(TestDatabase database, Coded.Body body) {
    new MigrationFolder(path)
        .builder(database.dataSource())
        .allowEmptyLocations(true)
        .javaMigrations(List.of(new Coded("1", body)))
        .build()
        .migrate();
  }

  private static void refused(ThrowingCallable call, String words) {
    assertThatThrownBy(call).isInstanceOf(SQLException.class).hasMessageContaining(words);
  }
}
