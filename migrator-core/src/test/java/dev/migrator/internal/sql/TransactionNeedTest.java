package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.sql.structure.TransactionNeed;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** What the recogniser says of transactions, against what the server says when it is asked to. */
@PostgresTest
class TransactionNeedTest {
  private static final String REFUSED_INSIDE = "25001";
  private static final String REFUSED_OUTSIDE = "25P01";

  private static final String OBJECTS = """
      CREATE TABLE t (a int PRIMARY KEY, b text);
      CREATE INDEX i ON t (b);
      CREATE TABLE p (a int) PARTITION BY RANGE (a);
      CREATE INDEX p_i ON p (a);
      CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (0) TO (10);
      CREATE MATERIALIZED VIEW m AS SELECT * FROM t;
      CREATE UNIQUE INDEX m_a ON m (a);
      CREATE TYPE e AS ENUM ('a');
      CREATE PROCEDURE ends() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';
      CREATE SUBSCRIPTION s CONNECTION 'host=localhost' PUBLICATION x WITH (connect = false);
      ALTER SUBSCRIPTION s SET (slot_name = NONE)
      """;

  /** Each of them fails inside a transaction, and for this reason only. The files and slots are never reached. */
  private static final List<String> OUTSIDE = List.of(
      "VACUUM",
      "VACUUM (ANALYZE) t",
      "VACUUM FULL t",
      "CLUSTER",
      "CLUSTER VERBOSE",
      "CREATE DATABASE migrator_never",
      "DROP DATABASE migrator_never",
      "CREATE TABLESPACE migrator_never LOCATION '/migrator/never'",
      "DROP TABLESPACE migrator_never",
      "ALTER DATABASE postgres SET TABLESPACE migrator_never",
      "ALTER SYSTEM SET work_mem = '4MB'",
      "ALTER SYSTEM RESET work_mem",
      "CREATE INDEX CONCURRENTLY ON t (b)",
      "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS j ON t (b)",
      "DROP INDEX CONCURRENTLY i",
      "DROP INDEX CONCURRENTLY IF EXISTS i",
      "REINDEX INDEX CONCURRENTLY i",
      "REINDEX TABLE CONCURRENTLY t",
      "REINDEX (CONCURRENTLY) TABLE t",
      "REINDEX (VERBOSE, CONCURRENTLY on) TABLE t",
      "REINDEX SCHEMA public",
      "REINDEX DATABASE postgres",
      "REINDEX SYSTEM postgres",
      "ALTER TABLE p DETACH PARTITION p_1 CONCURRENTLY",
      "CREATE SUBSCRIPTION u CONNECTION 'host=localhost' PUBLICATION x",
      "CREATE SUBSCRIPTION u CONNECTION 'host=localhost' PUBLICATION x WITH (create_slot = on)",
      "DISCARD ALL",
      "COMMIT PREPARED 'x'",
      "ROLLBACK PREPARED 'x'");

  private static final List<String> ANYWHERE = List.of(
      "CREATE INDEX ON t (b)",
      "DROP INDEX i",
      "REFRESH MATERIALIZED VIEW m",
      "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
      "ANALYZE",
      "ANALYZE t",
      "ALTER TABLE p DETACH PARTITION p_1",
      "ALTER TYPE e ADD VALUE 'b'",
      "ALTER TYPE e ADD VALUE IF NOT EXISTS 'c' AFTER 'a'",
      "CREATE SUBSCRIPTION u CONNECTION 'host=localhost' PUBLICATION x WITH (connect = false)",
      "CREATE SUBSCRIPTION u CONNECTION 'host=localhost' PUBLICATION x"
          + " WITH (slot_name = NONE, enabled = false, create_slot = false)",
      "ALTER SUBSCRIPTION s SET PUBLICATION y WITH (refresh = false)",
      "ALTER SUBSCRIPTION s SET (slot_name = 'x')",
      "ALTER DATABASE postgres RESET work_mem",
      "DISCARD PLANS",
      "DISCARD TEMP",
      "TRUNCATE t",
      "CHECKPOINT",
      "LISTEN c",
      "NOTIFY c",
      "PREPARE q AS SELECT 1",
      "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
      "ALTER TABLE t ADD c int, ALTER b SET NOT NULL",
      "CREATE TABLE n AS SELECT 1 AS a",
      "SET work_mem = '4MB'",
      "RESET ALL",
      "SET ROLE NONE",
      "COPY t TO PROGRAM 'true'",
      "EXPLAIN ANALYZE DELETE FROM t",
      "GRANT SELECT ON t TO PUBLIC",
      "COMMENT ON TABLE t IS 'x'");

  private static final List<String> INSIDE = List.of(
      "LOCK TABLE t",
      "SAVEPOINT a",
      "RELEASE a",
      "ROLLBACK TO a",
      "DECLARE c CURSOR FOR SELECT 1",
      "SET LOCAL work_mem = '4MB'",
      "SET LOCAL ROLE NONE",
      "SET TRANSACTION READ ONLY",
      "SET CONSTRAINTS ALL DEFERRED",
      "COMMIT",
      "ROLLBACK",
      "COMMIT AND CHAIN",
      "PREPARE TRANSACTION 'x'");

  /** The first runs inside, the second, of the same words, does not. */
  private static final List<List<String>> DEPENDS = List.of(
      List.of("REINDEX TABLE t", "REINDEX TABLE p"),
      List.of("REINDEX INDEX i", "REINDEX INDEX p_i"),
      List.of("CLUSTER t USING i"),
      List.of("DO 'BEGIN END'"));

  @Test
  void whatPostgresRefusesInsideATransactionIsSaidToRunOutsideOnly(TestDatabase database)
      throws SQLException {
    database.execute(OBJECTS);
    for (String sql : OUTSIDE) {
      String asked = sql.replace("postgres SET", database.name() + " SET");
      asked = asked.replaceAll("(REINDEX \\w+) postgres", "$1 " + database.name());
      TransactionNeed need = need(asked);
      assertThat(need.place()).as(asked).isEqualTo(TransactionNeed.Place.OUTSIDE);
      assertThat(need.reason()).as(asked).isNotEmpty();
      assertThat(states(database, true, asked)).as(asked).containsExactly(REFUSED_INSIDE);
    }
    database.execute("DROP SUBSCRIPTION s");
  }

  @Test
  void whatRunsAnywhereIsNeitherRefusedInsideNorOutside(TestDatabase database) throws SQLException {
    database.execute(OBJECTS);
    for (String sql : ANYWHERE) {
      String asked = sql.replace("DATABASE postgres", "DATABASE " + database.name());
      assertThat(need(asked).place()).as(asked).isEqualTo(TransactionNeed.Place.ANYWHERE);
      // A subscription without a slot looks for the other server all the same, and does not find
      // it.
      List<String> states = states(database, true, asked);
      states.remove("08006");
      assertThat(states).as(asked).isEmpty();
    }
    database.execute("DROP SUBSCRIPTION s");
  }

  @Test
  void whatNeedsATransactionIsRefusedOrWarnedAboutOutside(TestDatabase database)
      throws SQLException {
    database.execute(OBJECTS);
    for (String sql : INSIDE) {
      assertThat(need(sql).place()).as(sql).isEqualTo(TransactionNeed.Place.INSIDE);
      assertThat(need(sql).reason()).as(sql).isNotEmpty();
      assertThat(states(database, false, sql)).as(sql).containsExactly(REFUSED_OUTSIDE);
    }
    database.execute("DROP SUBSCRIPTION s");
  }

  @Test
  void whatDependsIsSaidToDepend(TestDatabase database) throws SQLException {
    database.execute(OBJECTS);
    for (List<String> pair : DEPENDS) {
      assertThat(states(database, true, pair.get(0))).as(pair.get(0)).isEmpty();
      assertThat(need(pair.get(0)).place())
          .as(pair.get(0))
          .isEqualTo(TransactionNeed.Place.DEPENDS);
      if (pair.size() > 1) {
        assertThat(states(database, true, pair.get(1)))
            .as(pair.get(1))
            .containsExactly(REFUSED_INSIDE);
        assertThat(need(pair.get(1))).isEqualTo(need(pair.get(0)));
      }
    }
    assertThat(states(database, true, "CALL ends()")).containsExactly("2D000");
    assertThat(need("CALL ends()").place()).isEqualTo(TransactionNeed.Place.DEPENDS);
    database.execute("DROP SUBSCRIPTION s");
  }

  @Test
  void theNewValueOfAnEnumIsNotForItsOwnTransaction(TestDatabase database) throws SQLException {
    database.execute(OBJECTS);
    String sql = "ALTER TYPE e ADD VALUE 'b'";
    assertThat(need(sql).reason()).contains("cannot be used before the transaction is committed");
    assertThat(states(database, true, sql + "; SELECT 'b'::e")).containsExactly("55P04");
    database.execute("DROP SUBSCRIPTION s");
  }

  private static TransactionNeed need(String sql) {
    return Recogniser.recognise(sql, Tokens.of(sql, true)).transaction();
  }

  /** The error or the warnings that the server answers with. */
  private static List<String> states(TestDatabase database, boolean inside, String sql)
      throws SQLException {
    PGSimpleDataSource source = database.dataSource();
    source.setPreferQueryMode(PreferQueryMode.SIMPLE);
    List<String> states = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (inside) {
        statement.execute("BEGIN");
      }
      try {
        statement.execute(sql);
        for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
          if (w.getSQLState().startsWith("25")) {
            states.add(w.getSQLState());
          }
        }
      } catch (SQLException e) {
        states.add(e.getSQLState());
      }
      if (inside) {
        statement.execute("ROLLBACK");
      }
    }
    return states;
  }
}
