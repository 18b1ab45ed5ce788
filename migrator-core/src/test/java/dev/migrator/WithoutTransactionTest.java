package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.Limits;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.TransactionMode;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class WithoutTransactionTest {

  @TempDir
  Path path;

  @Test
  void aFailureHalfWayIsGoneOnFromByTheNextRun(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (v int); insert into t values (1), (1);")
        .script(
            "02_i.sql",
            "create index concurrently t_a on t (v);\ncreate unique index concurrently t_b on t (v);\nselect 1;")
        .script("03_next.sql", "create table next ();");
    MigrationEngine engine = folder.engine(database);

    MigrationException failure = catchThrowableOfType(MigrationException.class, engine::migrate);
    assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(failure.getMessage())
        .contains(
            "02_i.sql:2:1",
            "23505",
            "finished 1 of its 3 statements, and they stay",
            "The INVALID index that it left behind, \"public\".\"t_b\", was dropped",
            "it goes on at statement 2");
    assertThat(
            database.query(
                "select status, transactional, error_message is not null from schema_migrations where version = '02'"))
        .containsExactly(List.of("failed", "f", "t"));
    assertThat(
            database.query(
                "select ordinal, finished_at is not null, details ->> 'failed' from migration_journal order by ordinal"))
        .containsExactly(List.of("1", "t", "NULL"), List.of("2", "f", "true"));
    assertThat(database.value("select to_regclass('t_b')")).isEqualTo("NULL");

    assertThat(engine.validate().isValid()).isTrue();
    assertThat(engine.status().notes())
        .singleElement()
        .asString()
        .contains("02 i stopped half-way", "it resumes at statement 2 of 3");
    assertThat(engine.status().count(MigrationState.PARTIALLY_APPLIED)).isEqualTo(1);
    assertThat(engine.plan().steps().get(0).from()).isEqualTo(2);

    database.execute("delete from t;");
    MigrationReport resumed = engine.migrate();
    assertThat(resumed.steps()).extracting(s -> s.migration().id()).containsExactly("02", "03");
    assertThat(resumed.steps().get(0).remark()).isEqualTo("resumed at statement 2 of 3");
    assertThat(resumed.steps().get(0).statements()).isEqualTo(2);
    assertThat(database.query(
            "select version, action, status from migration_history order by sequence"))
        .containsExactly(
            List.of("01", "apply", "success"),
            List.of("02", "apply", "failed"),
            List.of("02", "apply", "success"),
            List.of("03", "apply", "success"));
  }

  @Test
  void anAttemptCanBeForgottenInsteadAndIsBegunAgain(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_i.sql", "create table t (v int);\nvacuum t;\nselect 1 / 0;");
    MigrationEngine engine = folder.engine(database);
    assertThatThrownBy(engine::migrate).hasMessageContaining("finished 2 of its 3 statements");
    assertThat(engine.repair().steps()).isEmpty();
    database.execute("drop table t");
    folder.script("01_i.sql", "create table t (w int);\nvacuum t;");
    MigrationReport repaired = engine.repair();
    assertThat(repaired.steps())
        .singleElement()
        .satisfies(s -> assertThat(s.remark()).contains("counts as not applied"));
    folder.script("01_i.sql", "create table t (v int);\nvacuum t;");
    assertThat(engine.migrate().steps().get(0).statements()).isEqualTo(2);
    assertThat(
            database.query(
                "select version, action, status, details ->> 'remark' is not null from migration_history order by sequence"))
        .containsExactly(
            List.of("01", "apply", "failed", "f"),
            List.of("01", "repair", "success", "t"),
            List.of("01", "apply", "success", "f"));
  }

  @Test
  void runningIsRecordedBeforeTheFirstStatement(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_seen.sql",
            "create table seen as select status, transactional from schema_migrations where version = '01';"
                + " vacuum seen;");
    folder.engine(database).migrate();
    assertThat(database.query("select * from seen")).containsExactly(List.of("running", "f"));
  }

  @Test
  void timeoutsThatWouldLeaveAnInvalidIndexAreOffAndComeBack(TestDatabase database) {
    database.execute("alter database " + database.name() + " set statement_timeout = '1s'");
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_t.sql",
            "create table t (v text); insert into t values ('a');\n"
                + "create function unhurried(text) returns text immutable language plpgsql as $$ begin\n"
                + "if current_setting('statement_timeout') <> '0' or current_setting('lock_timeout') <> '0' then\n"
                + "raise exception 'there is a timeout'; end if; return $1; end $$;")
        .script(
            "02_i.sql",
            "create index concurrently on t (unhurried(v)); create table saw as select current_setting('statement_timeout') s,"
                + " current_setting('lock_timeout') l;")
        .script(
            "03_after.sql",
            "create table saw_after as select current_setting('statement_timeout') s;");
    folder.engine(database).migrate();
    // What shares a transaction has the limits of one.
    assertThat(database.query("select * from saw"))
        .containsExactly(List.of("0", Limits.DEFAULT.lockTimeout().toSeconds() + "s"));
    assertThat(database.value("select s from saw_after")).isEqualTo("1s");
  }

  @Test
  void aRollbackThatStopsHalfWayGoesOnWhenItIsCalledAgainAndNotBefore(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (v int); create index t_v on t (v);")
        .script("01_t_rollback.sql", "drop index concurrently t_v; drop table nothing;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();

    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> engine.rollback(RollbackTarget.steps(1)));
    assertThat(failure.code()).isEqualTo(FailureCode.ROLLBACK_FAILED);
    assertThat(failure.getMessage())
        .contains("the rollback of 01 t failed", "01_t_rollback.sql:1:30");
    assertThatThrownBy(engine::migrate)
        .isInstanceOf(MigrationValidationException.class)
        .hasMessageContaining("its rollback stopped half-way");

    assertThat(engine.planRollback(RollbackTarget.steps(1)).steps().get(0).from())
        .isEqualTo(2);

    database.execute("create table nothing ();");
    assertThat(engine.rollback(RollbackTarget.steps(1)).steps())
        .extracting(s -> s.remark())
        .containsExactly("resumed at statement 2 of 2");
    assertThat(database.value("select count(*) from schema_migrations")).isEqualTo("0");
    assertThat(database.query("select action, status from migration_history order by sequence"))
        .containsExactly(
            List.of("apply", "success"),
            List.of("rollback", "failed"),
            List.of("rollback", "success"));
  }

  @Test
  void aRollbackThatStopsHalfWayCanBeForgottenInstead(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (v int); create index t_v on t (v);")
        .script("01_t_rollback.sql", "drop index concurrently t_v; drop table nothing;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.steps(1)))
        .hasMessageContaining("finished 1 of its 2 statements");
    database.execute("create index t_v on t (v);");
    engine.repair();
    assertThat(engine.migrate().isUpToDate()).isTrue();
    database.execute("create table nothing ();");
    assertThat(engine.rollback(RollbackTarget.steps(1)).steps()).hasSize(1);
    assertThat(database.value("select count(*) from schema_migrations")).isEqualTo("0");
  }

  @Test
  void oneTransactionForAllIsAllOrNothing(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a (); set search_path = pg_catalog;")
        .script("02_b.sql", "create table b (); select 1/0;");
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .transactionMode(TransactionMode.SINGLE)
        .build();
    MigrationException failure = catchThrowableOfType(MigrationException.class, engine::migrate);
    assertThat(failure.getMessage())
        .contains("02 b failed: division by zero", "left nothing behind");
    assertThat(failure.applied()).isEmpty();
    assertThat(database.value("select count(*) from schema_migrations where status = 'completed'"))
        .isEqualTo("0");
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");

    folder.script("02_b.sql", "create table b ();");
    assertThat(engine.migrate().steps()).hasSize(2);
    assertThat(database.value("select to_regclass('public.b')")).isEqualTo("b");
    assertThat(database.value("select count(distinct xmin::text) from schema_migrations"))
        .isEqualTo("1");

    folder.script("03_c.sql", "create index concurrently on a ((1));");
    assertThatThrownBy(engine::migrate).isInstanceOfSatisfying(MigrationException.class, e -> {
      assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED);
      assertThat(e).hasMessageContaining("03_c.sql:1:1");
    });
  }
}
