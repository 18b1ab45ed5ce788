package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.Breaking.Moment;
import dev.migrator.config.StatementOutcome;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.MigrationReport;
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
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a statement in no transaction of ours whose end nobody saw. */
@PostgresTest
class SettleTest {

  private static final String INDEXES =
      "select indexrelid::regclass::text, indisvalid from pg_index where indrelid = 't'::regclass order by 1";

  @TempDir
  Path path;

  private MigrationFolder folder = new MigrationFolder(Path.of("."));

  @BeforeEach
  void table() {
    folder = new MigrationFolder(path).script("01_t.sql", "create table t (v int);");
  }

  @Test
  void whatLiesBetweenTwoSuchStatementsSharesATransactionUnlessTheAuthorAskedForNone(
      TestDatabase database) {
    String ids = "insert into t select txid_current()::text::bigint::int;\n";
    String script = ids + ids + "vacuum t;\n" + ids + ids;
    folder.script("02_mixed.sql", script).engine(database).migrate();
    assertThat(database.value("select count(distinct v) from t")).isEqualTo("2");
    assertThat(database.value("select count(distinct xmin::text) from migration_journal"))
        .isEqualTo("3");
    assertThat(
            database.query("select ordinal from migration_journal where finished_at is not null"))
        .hasSize(5);
    folder
        .script("03_asked.sql", "-- migrator: transaction=off\ndelete from t;\n" + script)
        .engine(database)
        .migrate();
    assertThat(database.value("select count(distinct v) from t")).isEqualTo("4");
  }

  @Test
  void aNewEnumValueCanBeUsedByTheNextStatement(TestDatabase database) {
    folder.script(
        "02_e.sql",
        "create type mood as enum ('sad');\nalter type mood add value 'happy';\n"
            + "create table person as select 'happy'::mood as mood;\nvacuum person;");
    folder.engine(database).migrate();
    assertThat(database.value("select mood from person")).isEqualTo("happy");
  }

  @ParameterizedTest
  @CsvSource({
    "create index concurrently t_v on t (v), t_v",
    "create index concurrently if not exists t_v on t (v), t_v",
    "create index concurrently on t (v), t_v_idx",
    "create unique index concurrently on t ((v + 1)), t_expr_idx"
  })
  void anIndexThatWasCutWhileItWasBuiltIsDroppedAndBuiltAgain(
      String statement, String index, TestDatabase database) {
    folder.engine(database).migrate();
    folder.script("02_i.sql", statement + ";\nselect 1;");
    cutWhileItWaits(database);
    assertThat(database.query(INDEXES)).containsExactly(List.of(index, "f"));
    folder.engine(database).migrate();
    assertThat(database.query(INDEXES)).containsExactly(List.of(index, "t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create index concurrently t_v on t (v)",
        "create index concurrently on t (v)",
        "create unique index concurrently on t ((v + 1))"
      })
  void anIndexThatWasBuiltIsNotBuiltAgain(String statement, TestDatabase database) {
    folder.script("02_i.sql", statement + ";\nselect 1;");
    cut(database, Moment.AFTER, statement);
    String built = database.value("select indexrelid from pg_index where indrelid = 't'::regclass");
    folder.engine(database).migrate();
    assertThat(database.value("select indexrelid from pg_index where indrelid = 't'::regclass"))
        .isEqualTo(built);
  }

  @Test
  void anInvalidIndexOfSomebodyElseIsKeptAndNamed(TestDatabase database) {
    folder.engine(database).migrate();
    database.execute("insert into t values (1), (1)");
    assertThatThrownBy(() -> database.execute("create unique index concurrently t_v on t (v)"))
        .hasMessageContaining("could not create unique index");
    folder.script("02_i.sql", "select 1;\ncreate index concurrently if not exists t_v on t (v);");
    MigrationEngine engine = folder.engine(database);
    for (int i = 0; i < 2; i++) {
      MigrationException refused = catchThrowableOfType(MigrationException.class, engine::migrate);
      assertThat(refused.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
      assertThat(refused.getMessage())
          .contains(
              "02_i.sql:2:1",
              "\"public\".\"t_v\"",
              "this migration has not made it",
              "DROP INDEX CONCURRENTLY");
      assertThat(database.query(INDEXES)).containsExactly(List.of("t_v", "f"));
    }
    database.execute("drop index t_v");
    assertThat(engine.migrate().steps().get(0).remark()).isEqualTo("resumed at statement 2 of 2");
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_v", "t"));
  }

  @Test
  void anUnnamedUniqueIndexThatFailsLeavesNothingBehindHoweverOftenItIsTried(
      TestDatabase database) {
    folder.engine(database).migrate();
    database.execute("insert into t values (1), (1)");
    folder.script("02_i.sql", "create unique index concurrently on t (v);");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(folder.engine(database)::migrate).hasMessageContaining("was dropped");
      assertThat(database.query(INDEXES)).isEmpty();
    }
    database.execute("delete from t");
    folder.engine(database).migrate();
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_v_idx", "t"));
  }

  @Test
  void aStatementThatFailedMayBeCorrectedAndWhatItLeftIsDropped(TestDatabase database) {
    folder.engine(database).migrate();
    database.execute("insert into t values (1), (1)");
    folder.script("02_i.sql", "select 1;\ncreate unique index concurrently t_v on t (v);");
    assertThatThrownBy(folder.engine(database)::migrate).hasMessageContaining("was dropped");
    // As if the connection had been lost before it could be dropped.
    assertThatThrownBy(() -> database.execute("create unique index concurrently t_v on t (v)"))
        .hasMessageContaining("could not create unique index");
    folder.script("02_i.sql", "select 1;\ncreate index t_v on t (v);\nselect 2;");
    assertThat(folder.engine(database).migrate().steps().get(0).remark())
        .isEqualTo("resumed at statement 2 of 3");
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_v", "t"));
  }

  @ParameterizedTest
  @CsvSource({"BEFORE", "AFTER"})
  void anIndexIsDroppedOnce(Moment moment, TestDatabase database) {
    folder
        .script("02_i.sql", "create index t_v on t (v);")
        .script("03_d.sql", "select 1;\ndrop index concurrently t_v;\nselect 2;");
    cut(database, moment, "drop ");
    folder.engine(database).migrate();
    assertThat(database.query(INDEXES)).isEmpty();
  }

  @Test
  void anIndexWhoseDroppingWasCutIsDropped(TestDatabase database) {
    folder.script("02_i.sql", "create index t_v on t (v);").engine(database).migrate();
    folder.script("03_d.sql", "drop index concurrently t_v;");
    cutWhileItWaits(database);
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_v", "f"));
    folder.engine(database).migrate();
    assertThat(database.query(INDEXES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "table"})
  void whatACutReindexLeftIsDroppedAndItIsRepeated(String what, TestDatabase database) {
    folder.script("02_i.sql", "create index t_v on t (v);").engine(database).migrate();
    folder.script(
        "03_r.sql",
        "reindex " + what + " concurrently " + (what.equals("index") ? "t_v" : "t") + ";");
    cutWhileItWaits(database);
    assertThat(database.query(INDEXES)).hasSize(2);
    folder.engine(database).migrate();
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_v", "t"));
  }

  @ParameterizedTest
  @CsvSource({"BEFORE", "AFTER"})
  void aPartitionIsDetachedOnce(Moment moment, TestDatabase database) {
    partition("detach");
    cut(database, moment, "alter table p detach");
    folder.engine(database).migrate();
    assertThat(database.value("select count(*) from pg_inherits")).isEqualTo("0");
  }

  @Test
  void aPartitionWhoseDetachmentWasCutIsFinalized(TestDatabase database) {
    partition("none");
    folder.engine(database).migrate();
    partition("detach");
    cutWhileItWaits(database);
    assertThat(database.query("select inhdetachpending from pg_inherits"))
        .containsExactly(List.of("t"));
    folder.engine(database).migrate();
    assertThat(database.value("select count(*) from pg_inherits")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({"BEFORE", "AFTER"})
  void aDatabaseIsCreatedAndDroppedOnce(Moment moment, TestDatabase database) {
    String other = database.name() + "_x";
    folder.script("02_c.sql", "create database " + other + ";");
    cut(database, moment, "create database");
    folder.engine(database).migrate();
    assertThat(database.value("select count(*) from pg_database where datname = ?", other))
        .isEqualTo("1");
    folder.script("03_d.sql", "drop database " + other + ";");
    cut(database, moment, "drop database");
    folder.engine(database).migrate();
    assertThat(database.value("select count(*) from pg_database where datname = ?", other))
        .isEqualTo("0");
  }

  @Test
  void aRunThatLosesItsConnectionMeanwhileGoesOnWithAnotherOne(TestDatabase database) {
    folder.script("02_i.sql", "select 1;\ncreate index concurrently t_v on t (v);\nselect 2;");
    Breaking breaking = Breaking.at(database.dataSource(), Moment.AFTER, "create index");
    MigrationReport report = folder.builder(breaking.dataSource()).build().migrate();
    assertThat(breaking.hasBroken()).isTrue();
    assertThat(report.steps())
        .extracting(s -> s.remark())
        .containsExactly("", "resumed at statement 2 of 3");
    assertThat(database.query(INDEXES)).containsExactly(List.of("t_v", "t"));
  }

  @ParameterizedTest
  @CsvSource({"DONE, 1", "AGAIN, 2"})
  void whatNobodyCanTellAnOperatorSays(
      StatementOutcome outcome, String times, TestDatabase database) {
    folder
        .script(
            "02_p.sql",
            "create procedure p() language plpgsql as $$ begin insert into t values (1); commit; end $$;")
        .script("03_c.sql", "-- migrator: transaction=off\nselect 1;\ncall p();\nselect 2;");
    cut(database, Moment.AFTER, "call");
    MigrationEngine engine = folder.engine(database);
    MigrationValidationException unknown =
        catchThrowableOfType(MigrationValidationException.class, engine::migrate);
    assertThat(unknown.getMessage())
        .contains(
            "nobody can tell whether statement 2 at",
            "03_c.sql:3:1",
            "'repair --version 03 --statement done'",
            "'repair --version 03 --statement again'");
    assertThatThrownBy(() -> engine.repairStatement("02", outcome))
        .hasMessageContaining("has no statement that was begun and not finished");
    assertThat(engine.repairStatement("03", outcome).steps())
        .singleElement()
        .satisfies(s -> assertThat(s.remark()).contains("statement 2 counts as"));
    engine.migrate();
    assertThat(database.value("select count(*) from t")).isEqualTo(times);
    assertThat(database.value(
            "select details ->> 'remark' from migration_history where action = 'repair'"))
        .contains("statement 2 counts as");
  }

  @Test
  void aProcedureThatFailsMayHaveCommittedAPart(TestDatabase database) {
    folder
        .script(
            "02_p.sql",
            "create procedure p() language plpgsql as $$ begin insert into t values (1); commit; perform 1 / 0; end $$;")
        .script("03_c.sql", "-- migrator: transaction=off\ncall p();");
    MigrationEngine engine = folder.engine(database);
    assertThatThrownBy(engine::migrate)
        .hasMessageContaining("may have committed a part of its work")
        .hasMessageContaining("repair --version 03 --statement again");
    assertThatThrownBy(engine::migrate).isInstanceOf(MigrationValidationException.class);
    database.execute("create or replace procedure p() language sql as 'select 1'");
    engine.repairStatement("03", StatementOutcome.AGAIN);
    assertThat(engine.migrate().steps()).hasSize(1);
  }

  private void partition(String work) {
    folder.script(
        "02_p.sql",
        "create table p (v int) partition by range (v); create table p1 partition of p for values from (1) to (2);");
    if (work.equals("detach")) {
      folder.script("03_d.sql", "select 1;\nalter table p detach partition p1 concurrently;");
    }
  }

  private void cut(TestDatabase database, Moment moment, String beginning) {
    Breaking breaking = Breaking.at(database.dataSource(), moment, beginning);
    finish(once(breaking.dataSource()));
    assertThat(breaking.hasBroken()).isTrue();
  }

  /** Ends the engine's session while its statement waits for a transaction that is older. */
  private void cutWhileItWaits(TestDatabase database) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection older = database.dataSource().getConnection();
        Statement statement = older.createStatement()) {
      older.setAutoCommit(false);
      statement.execute("set transaction isolation level repeatable read");
      statement.execute("select count(*) from t");
      statement.execute(
          database.value("select to_regclass('p') is not null").equals("t")
              ? "select count(*) from p"
              : "select 1");
      Future<?> run = thread.submit(() -> finish(once(database.dataSource())));
      String pid = waiting(database);
      assertThat(database.value("select pg_terminate_backend(" + pid + ", 5000)"))
          .isEqualTo("t");
      older.rollback();
      run.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      thread.shutdownNow();
    }
  }

  /** An engine that does not go on by itself with another connection, so that it can be seen what the first one left. */
  private MigrationEngine once(DataSource dataSource) {
    return folder
        .builder(dataSource)
        .limits(limits -> limits.reconnect(Duration.ZERO))
        .build();
  }

  private static void finish(MigrationEngine engine) {
    try {
      engine.migrate();
    } catch (MigrationException e) {
      assertThat(e.code()).isEqualTo(FailureCode.CONNECTION_LOST);
    }
  }

  private static String waiting(TestDatabase database) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      List<List<String>> found = database.query(
          "select pid from pg_stat_activity where datname = current_database() and wait_event = 'virtualxid'");
      if (!found.isEmpty()) {
        return found.get(0).get(0);
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("nobody waits");
  }
}
