package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.Environment;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class MigrateTest {

  @TempDir
  Path folder;

  @Test
  void appliesWhatIsPendingOnceAndRollsItBack(TestDatabase database) throws IOException {
    script(
        "01_people.sql",
        "create table people (id int primary key);\ninsert into people values (1);");
    script("01_people_rollback.sql", "drop table people;");
    script("02_names.sql", "alter table people add column name text;");
    script("02_names_rollback.sql", "alter table people drop column name;");
    MigrationEngine engine = engine(database);

    MigrationReport first = engine.migrate();
    assertThat(first.migrations()).extracting(m -> m.id()).containsExactly("01", "02");
    assertThat(database.query("select id, name from people")).containsExactly(List.of("1", "NULL"));
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query("select version, status from get_migration_status()"))
        .containsExactly(List.of("01", "completed"), List.of("02", "completed"));

    engine.rollback(RollbackTarget.all());
    assertThat(database.query("select to_regclass('people')")).containsExactly(List.of("NULL"));
    assertThat(database.query(
            "select version, action, status from migration_history order by sequence"))
        .containsExactly(
            List.of("01", "apply", "success"),
            List.of("02", "apply", "success"),
            List.of("NULL", "fingerprint", "success"),
            List.of("02", "rollback", "success"),
            List.of("01", "rollback", "success"),
            List.of("NULL", "fingerprint", "success"));
  }

  @Test
  void tellsWhereAStatementFailedAndLeavesNothingOfItBehind(TestDatabase database)
      throws IOException {
    script("01_people.sql", "create table people (id int primary key);");
    script("02_bad.sql", "create table more (id int);\n\nselect nothing\n  from nowhere;");

    assertThatThrownBy(() -> engine(database).migrate())
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
          assertThat(e.position())
              .hasValueSatisfying(p -> assertThat(p).hasToString("02_bad.sql:4:8"));
          assertThat(e.sqlState()).contains("42P01");
          assertThat(e.applied()).extracting(m -> m.id()).containsExactly("01");
        });
    assertThat(database.query("select to_regclass('more')")).containsExactly(List.of("NULL"));
    assertThat(database.query("select version, status from migration_status_view"))
        .containsExactly(List.of("01", "completed"), List.of("02", "failed"));
  }

  private MigrationEngine engine(TestDatabase database) {
    return MigrationEngine.builder()
        .dataSource(database.dataSource())
        .locations("filesystem:" + folder)
        .environment(Environment.TEST)
        .build();
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name), sql);
  }
}
