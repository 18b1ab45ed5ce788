package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.RollbackTarget;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a longer run the server keeps our records parsed; nobody can tell by what comes of it. */
@PostgresTest
class RepeatedRecordsTest {

  private static final String KEPT =
      "(select count(*) from pg_prepared_statements where name like 'migrator%')";

  @TempDir
  Path path;

  @BeforeEach
  void fewScriptsFirst() {
    for (int i = 1; i <= 5; i++) {
      new MigrationFolder(path)
          .script("0" + i + "_t.sql", "create table t" + i + " ();")
          .script("0" + i + "_t_rollback.sql", "drop table t" + i + ";");
    }
  }

  @Test
  void valuesWithQuotesAndBackslashesArriveAsTheyAre(TestDatabase database) {
    String down = "delete from kept; -- it's a \\ 'backslash' \\' $1 $$\ndrop table kept;";
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "06_o'clock \\n.sql",
            "create table kept as select " + KEPT
                + " as n; set local standard_conforming_strings = off; set local escape_string_warning = off;")
        .script("06_o'clock \\n_rollback.sql", down);
    MigrationReport report = folder.engine(database).migrate();
    assertThat(report.notes()).isEmpty();
    assertThat(database.query("select n > 0 from kept")).containsExactly(List.of("t"));
    assertThat(database.query(
            "select version, script, status, transactional, execution_time_ms >= 0 and run_id is not null"
                + " from schema_migrations where version = '06'"))
        .containsExactly(List.of("06", "06_o'clock \\n.sql", "completed", "t", "t"));
    assertThat(database.value("select content from migration_script where version = '06'"))
        .isEqualTo(down);
    assertThat(database.value("select count(*) from migration_history where status = 'success'"))
        .isEqualTo("6");
  }

  @Test
  void aScriptThatMakesTheServerForgetThemIsAppliedOnceAndRecorded(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "06_forget.sql",
            "create table kept as select " + KEPT + " as n;\n"
                + "create function forget() returns trigger language plpgsql as $$ begin execute 'deallocate all'; return new; end $$;\n"
                + "create trigger forget before insert on kept for each row execute function forget();\n"
                + "insert into kept values (-7);")
        .script("07_after.sql", "insert into kept values (-1);")
        .script("08_after.sql", "deallocate all; insert into kept values (-2);")
        .script("09_after.sql", "insert into kept values (-3);");
    MigrationReport report = folder.engine(database).migrate();
    assertThat(report.steps()).hasSize(9).allSatisfy(s -> assertThat(s.leaked()).isEmpty());
    assertThat(database.value("select string_agg(n::text, ' ' order by n desc) from kept"))
        .isEqualTo("0 -1 -2 -3 -7");
    assertThat(
            database.query(
                "select count(*), count(distinct version) from migration_history where status = 'success'"))
        .containsExactly(List.of("9", "9"));
    assertThat(database.value("select count(*) from migration_history where status = 'failed'"))
        .isEqualTo("0");
  }

  @Test
  void aScriptThatSaysSoByItselfIsNoSurpriseEither(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("06_forget.sql", "deallocate all; create table after_all as select " + KEPT + " n;")
        .script("07_after.sql", "insert into after_all values (-1);");
    assertThat(folder.engine(database).migrate().steps()).hasSize(7);
    assertThat(database.value("select string_agg(n::text, ' ' order by n desc) from after_all"))
        .isEqualTo("0 -1");
  }

  @Test
  void aRollbackOfManyTakesEachBackOnce(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path);
    folder.engine(database).migrate();
    folder.engine(database).rollback(RollbackTarget.steps(5));
    assertThat(database.value("select count(*) from schema_migrations")).isEqualTo("0");
    assertThat(database.value("select count(*) from migration_script")).isEqualTo("0");
    assertThat(database.value("select count(*) from migration_history where action = 'rollback'"))
        .isEqualTo("5");
    assertThat(database.value("select to_regclass('t1')")).isEqualTo("NULL");
  }

  @Test
  void theConnectionGoesBackWithTheStatementsThatItHad(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("prepare mine as select 1");
      MigrationFolder folder = new MigrationFolder(path)
          .script("06_kept.sql", "create table kept as select " + KEPT + " as n;");
      folder.builder(new BorrowedConnectionTest.Lender(connection)).build().migrate();
      assertThat(database.query("select n > 0 from kept")).containsExactly(List.of("t"));
      try (ResultSet rows = statement.executeQuery(
          "select string_agg(name, ' ') from pg_prepared_statements where from_sql")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("mine");
      }
    }
  }
}
