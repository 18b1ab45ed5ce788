package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.PartialPolicy;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
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
