package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.CheckPolicy;
import dev.migrator.config.Environment;
import dev.migrator.config.PartialPolicy;
import dev.migrator.config.SchemaRecording;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.SchemaCheck;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration that stopped half-way is taken down and begun again, where that is configured. */
@PostgresTest
class TakeDownTest {

  private static final String DOWN =
      "drop index concurrently if exists i; drop table if exists seen;";

  @TempDir
  Path path;

  @Test
  void whatStoppedHalfWayIsTakenDownAndBegunAgain(TestDatabase database) {
    MigrationFolder folder = broken(database).script("02_i_rollback.sql", DOWN);
    // The edited beginning would stop a run that resumes.
    folder.script("02_i.sql", up("select 1;").replace("(n int)", "(n int, m int)"));
    assertThatThrownBy(() -> folder.engine(database).migrate()).hasMessageContaining("02");
    assertThat(engine(folder, database).migrate().steps())
        .extracting(step -> step.action() + " " + step.migration().id())
        .containsExactly("ROLLBACK 02", "APPLY 02");
    assertThat(database.value(
            "select count(*) from information_schema.columns where table_name = 'seen'"))
        .isEqualTo("2");
    assertThat(database.query("select version, status from schema_migrations order by 1"))
        .containsExactly(List.of("01", "completed"), List.of("02", "completed"));
    assertThat(database.query(
            "select version, action, status from migration_history order by sequence"))
        .containsExactly(
            List.of("01", "apply", "success"),
            List.of("02", "apply", "failed"),
            List.of("02", "rollback", "success"),
            List.of("02", "apply", "success"));
    assertThat(engine(folder, database).migrate().isUpToDate()).isTrue();
  }

  @Test
  void theSchemaAfterTheRunIsNotHeldAgainstTheOneBeforeTheHalf(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (a int);")
        .script("02_i.sql", up("select 1 / 0;"))
        .script("02_i_rollback.sql", DOWN);
    assertThatThrownBy(() -> recording(folder, database).migrate())
        .hasMessageContaining("division by zero");
    folder.script("02_i.sql", up("select 1;"));
    MigrationReport report = recording(folder, database).migrate();
    assertThat(report.steps()).hasSize(2);
    assertThat(report.notes()).isEmpty();
    SchemaCheck check = requireNonNull(report.schemaCheck());
    assertThat(check.expected()).isNull();
    assertThat(check.differs()).isFalse();
  }

  @Test
  void aDownScriptThatLeavesSomethingOfTheHalfIsNoted(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (a int);")
        .script("02_i.sql", up("select 1 / 0;"))
        .script(
            "02_i_rollback.sql", "drop table if exists seen; create table left_over ();" + DOWN);
    assertThatThrownBy(() -> recording(folder, database).migrate())
        .hasMessageContaining("division by zero");
    folder.script("02_i.sql", up("select 1;"));
    assertThat(recording(folder, database).migrate().notes())
        .anyMatch(note -> note.startsWith("The schema is not what it was before"));
  }

  private static MigrationEngine recording(MigrationFolder folder, TestDatabase database) {
    return folder
        .builder(database.dataSource())
        .partiallyApplied(PartialPolicy.TAKE_DOWN)
        .schemaRecording(SchemaRecording.AUTOMATIC)
        .build();
  }

  @Test
  void inProductionItTakesNothingDownThatTheHalfDidNotBring(TestDatabase database) {
    MigrationFolder folder = broken(database)
        .script("02_i_rollback.sql", DOWN + " drop table if exists users;")
        .script("02_i.sql", up("select 1;"));
    database.execute("create table users ()");
    MigrationException refused = catchThrowableOfType(
        MigrationException.class, () -> production(folder, database).migrate());
    assertThat(refused.code()).isEqualTo(FailureCode.DESTRUCTION_BLOCKED);
    assertThat(refused).hasMessageContaining("table users is dropped");
    assertThat(database.query("select to_regclass('users'), to_regclass('seen'), to_regclass('i')"))
        .containsExactly(List.of("users", "seen", "i"));

    folder.script("02_i_rollback.sql", DOWN);
    assertThat(production(folder, database).migrate().steps()).hasSize(2);
  }

  @Test
  void theHalfIsCheckedBeforeItIsTakenDown(TestDatabase database) throws Exception {
    MigrationFolder folder =
        broken(database).script("02_i_rollback.sql", DOWN).script("02_i.sql", up("select 1;"));
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .partiallyApplied(PartialPolicy.TAKE_DOWN)
        .safeguards(guards ->
            guards.preflight(p -> p.policy(CheckPolicy.REQUIRE).longTransaction(Duration.ZERO)))
        .build();
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("select count(*) from seen");
      MigrationException refused = catchThrowableOfType(MigrationException.class, engine::migrate);
      assertThat(refused.code()).isEqualTo(FailureCode.PREFLIGHT_FAILED);
    }
    assertThat(database.value("select to_regclass('seen')")).isEqualTo("seen");
    assertThat(engine.migrate().steps()).hasSize(2);
  }

  private static MigrationEngine production(MigrationFolder folder, TestDatabase database) {
    return folder
        .builder(database.dataSource())
        .partiallyApplied(PartialPolicy.TAKE_DOWN)
        .environment(Environment.PRODUCTION)
        .confirmProduction(true)
        .build();
  }

  @Test
  void withoutADownScriptItIsRefused(TestDatabase database) {
    MigrationFolder folder = broken(database);
    MigrationException refused =
        catchThrowableOfType(MigrationException.class, engine(folder, database)::migrate);
    assertThat(refused.code()).isEqualTo(FailureCode.ROLLBACK_IMPOSSIBLE);
    assertThat(refused).hasMessageContaining("02 i");
    assertThat(database.value("select count(*) from seen")).isEqualTo("0");
  }

  private MigrationFolder broken(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (a int);")
        .script("02_i.sql", up("select 1 / 0;"));
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("division by zero");
    return folder;
  }

  private static String up(String end) {
    return "create table seen (n int);\ncreate index concurrently i on t (a);\n" + end;
  }

  private static MigrationEngine engine(MigrationFolder folder, TestDatabase database) {
    return folder
        .builder(database.dataSource())
        .partiallyApplied(PartialPolicy.TAKE_DOWN)
        .build();
  }
}
