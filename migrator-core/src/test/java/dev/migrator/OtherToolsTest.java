package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.MigrationStatus;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of other tools, run. */
@PostgresTest
class OtherToolsTest {

  private static final String TABLES =
      "select coalesce(string_agg(relname, ' ' order by relname), '') from pg_class"
          + " where relkind = 'r' and relname like 'x\\_%'";

  @TempDir
  Path path;

  @Test
  void onlyTheUpSectionRunsAndTheDownSectionUndoesIt(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("1_a.sql", """
            -- migrate:up
            create table x_a (i int);
            -- migrate:down
            drop table x_a;
            """)
        .script("2_b.sql", "-- migrate:up\ncreate table x_b ();\n");
    MigrationEngine engine = folder.engine(database);
    assertThat(engine.migrate().steps()).hasSize(2);
    assertThat(database.value(TABLES)).isEqualTo("x_a x_b");
    assertThat(engine.migrate().steps()).isEmpty();
    assertThat(engine.status().migrations())
        .extracting(MigrationStatus::rollback)
        .containsExactly(true, false);
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.all()))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.ROLLBACK_IMPOSSIBLE));
    folder.script("2_b.sql", "-- migrate:up\ncreate table x_b ();\n-- migrate:down\n");
    assertThat(engine.rollback(RollbackTarget.all()).steps()).hasSize(2);
    assertThat(database.value(TABLES)).isEqualTo("x_b");
  }

  @Test
  void anErrorInASectionPointsAtTheLineOfTheFile(TestDatabase database) {
    MigrationEngine engine = new MigrationFolder(path)
        .script("1_a.sql", "-- why\n\n-- +goose Up\nselect 1;\n-- +goose Down\n\n drop table no;")
        .engine(database);
    engine.migrate();
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.all()))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("1_a.sql:7:");
  }

  @Test
  void aMarkerOrAFileBesideTheScriptKeepsItOutOfATransaction(TestDatabase database)
      throws IOException {
    MigrationEngine engine = new MigrationFolder(path)
        .script("V1__a.sql", "create table x_a ();\nnonsense;")
        .script("V1__a.sql.conf", "executeInTransaction=false")
        .engine(database);
    assertThatThrownBy(engine::migrate).isInstanceOf(MigrationException.class);
    assertThat(database.value(TABLES)).isEqualTo("x_a");
    Path sections = Files.createDirectory(path.resolve("sections"));
    MigrationEngine other = new MigrationFolder(sections)
        .script("1_b.sql", "-- migrate:up transaction:false\ncreate table x_b ();\nnonsense;")
        .builder(database.dataSource())
        .trackingTable("other")
        .build();
    assertThatThrownBy(other::migrate).isInstanceOf(MigrationException.class);
    assertThat(database.value(TABLES)).isEqualTo("x_a x_b");
  }

  @Test
  void anEditOfTheUpSectionIsOneAndAnEditOfTheDownSectionIsNone(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path);
    MigrationEngine engine = folder
        .script("1_a.sql", "-- +goose Up\nselect 1;\n-- +goose Down\nselect 2;")
        .engine(database);
    engine.migrate();
    folder.script("1_a.sql", "-- +goose Up\r\nselect 1;\r\n-- +goose Down\nselect 3;");
    assertThat(engine.validate().isValid()).isTrue();
    folder.script("1_a.sql", "-- +goose Up\nselect 4;\n-- +goose Down\nselect 2;");
    assertThatThrownBy(engine::migrate).isInstanceOf(MigrationValidationException.class);
  }

  @Test
  void aFileWithSectionsAmongNumberedOnesStopsTheRunBeforeAnythingChanges(TestDatabase database) {
    MigrationEngine engine = new MigrationFolder(path)
        .script("1_a.sql", "create table x_a ();")
        .script("2_b.sql", "-- migrate:up\ncreate table x_b ();\n-- migrate:down\n")
        .engine(database);
    assertThatThrownBy(engine::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("2_b.sql:1:1")
        .hasMessageContaining("read as DBMATE only the up section would");
    assertThat(database.value(TABLES)).isEmpty();
  }

  @Test
  void whatAJournalDoesNotListIsNotedInTheReports(TestDatabase database) throws IOException {
    Files.createDirectories(path.resolve("meta"));
    MigrationEngine engine = new MigrationFolder(path)
        .script("meta/_journal.json", "{\"entries\": [{\"idx\": 0, \"tag\": \"0000_a\"}]}")
        .script("0000_a.sql", "create table x_a (i int);--> statement-breakpoint\nselect 1;")
        .script("0001_stray.sql", "create table x_stray ();")
        .engine(database);
    List<String> notes = engine.plan().notes();
    assertThat(engine.status().notes()).isEqualTo(notes);
    assertThat(engine.migrate().notes()).isEqualTo(notes);
    assertThat(notes).singleElement().asString().contains("0001_stray.sql");
    assertThat(engine.migrate().notes()).isEqualTo(notes);
    assertThat(engine.validate().notes()).isEqualTo(notes);
    assertThat(database.value(TABLES)).isEqualTo("x_a");
  }
}
