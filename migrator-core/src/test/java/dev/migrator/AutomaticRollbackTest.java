package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.Environment;
import dev.migrator.config.FailurePolicy;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class AutomaticRollbackTest {

  @TempDir
  Path path;

  @Test
  void aFailedRunTakesBackWhatItDidAndNothingElse(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table a;");
    folder.engine(database).migrate();
    folder
        .script("02_b.sql", "create table b ();")
        .script("02_b_rollback.sql", "drop table b;")
        .script("03_c.sql", "create table c ();")
        .script("03_c_rollback.sql", "drop table c;")
        .script("04_d.sql", "select 1 / 0;")
        .script("04_d_rollback.sql", "select 1;");
    MigrationException failure = failure(folder, database);
    assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(failure)
        .hasMessageContaining("04_d.sql:1:1")
        .hasMessageContaining("division by zero")
        .hasMessageContaining("the run had completed 02 b, 03 c; they were rolled back");
    assertThat(failure.applied()).isEmpty();
    assertThat(database.query("select tablename from pg_tables where tablename in ('a', 'b', 'c')"))
        .containsExactly(List.of("a"));
    assertThat(database.query(
            "select version, status from schema_migrations where status <> 'pending' order by 1"))
        .containsExactly(List.of("01", "completed"), List.of("04", "failed"));
    assertThat(database.query(
            "select version, action, status from migration_history order by sequence"))
        .containsExactly(
            List.of("01", "apply", "success"),
            List.of("02", "apply", "success"),
            List.of("03", "apply", "success"),
            List.of("04", "apply", "failed"),
            List.of("03", "rollback", "success"),
            List.of("02", "rollback", "success"));
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void aRunThatCouldNotBeTakenBackIsRefusedBeforeItBegins(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table a;")
        .script("02_b.sql", "create table b ();");
    MigrationException failure = failure(folder, database);
    assertThat(failure.code()).isEqualTo(FailureCode.ROLLBACK_IMPOSSIBLE);
    assertThat(failure).hasMessageContaining("these have no down script: 02 b");
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  @Test
  void aRollbackThatFailsTooIsToldBesideTheFirstFailure(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table nothing_like_it;")
        .script("02_b.sql", "create table b ();")
        .script("02_b_rollback.sql", "drop table b;")
        .script("03_c.sql", "select 1 / 0;")
        .script("03_c_rollback.sql", "select 1;");
    MigrationException failure = failure(folder, database);
    assertThat(failure)
        .hasMessageContaining("division by zero")
        .hasMessageContaining("nothing_like_it");
    assertThat(failure.applied()).extracting(m -> m.version().text()).containsExactly("01");
    assertThat(database.query("select version from schema_migrations where status = 'completed'"))
        .containsExactly(List.of("01"));
  }

  @Test
  void inProductionItsDownScriptsAreJudgedBeforeTheRunBegins(TestDatabase database) {
    database.execute("create table users (id int); insert into users values (1)");
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_s.sql", "create table a (); alter table users rename to people;")
        .script("01_s_rollback.sql", "drop table a; alter table people rename to users;")
        .script("02_t.sql", "create table b ();")
        .script("02_t_rollback.sql", "drop table b; drop table people;")
        .script("03_f.sql", "select 1 / 0;")
        .script("03_f_rollback.sql", "select 1;");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> production(folder, database).migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.DESTRUCTION_BLOCKED);
    assertThat(failure)
        .hasMessageContaining("02_t_rollback.sql:1:26")
        .hasMessageNotContaining("01_s_rollback.sql");
    assertThat(database.value("select count(*) from users")).isEqualTo("1");
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");

    folder.script(
        "02_t_rollback.sql",
        "drop table b;\n-- migrator: allow drop-table because it is a copy\ndrop table if exists people_copy;");
    assertThat(catchThrowableOfType(
                MigrationException.class, () -> production(folder, database).migrate())
            .code())
        .isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(database.value("select count(*) from users")).isEqualTo("1");
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  private static MigrationEngine production(MigrationFolder folder, TestDatabase database) {
    return folder
        .builder(database.dataSource())
        .environment(Environment.PRODUCTION)
        .confirmProduction(true)
        .onFailure(FailurePolicy.ROLL_BACK)
        .build();
  }

  private static MigrationException failure(MigrationFolder folder, TestDatabase database) {
    MigrationEngine engine =
        folder.builder(database.dataSource()).onFailure(FailurePolicy.ROLL_BACK).build();
    return catchThrowableOfType(MigrationException.class, engine::migrate);
  }
}
