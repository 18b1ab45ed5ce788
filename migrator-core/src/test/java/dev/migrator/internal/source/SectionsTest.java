package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.NamingConvention;
import dev.migrator.internal.sql.Directives;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with an up and a down section, as three tools write them. */
class SectionsTest {

  @TempDir
  Path path;

  private ScriptFolder folder;

  @BeforeEach
  void open() {
    folder = new ScriptFolder(path);
  }

  @ParameterizedTest
  @CsvSource({
    "-- migrate:up, -- migrate:down",
    "--migrate:up  , --  migrate:down transaction:true",
    "-- +goose Up, -- +goose Down",
    "-- +goose UP, --+goose down",
    "-- +migrate Up, -- +migrate Down"
  })
  void aFileIsItsUpSectionAndItsDownSection(String up, String down) {
    folder.with("0001_a.sql", "-- about it", "", up, "select 'up';", down, "select 'down';");
    ResolvedMigration first = folder.first();
    assertThat(first.script().text()).isEqualTo("select 'up';\n");
    assertThat(first.script().rules().firstLine()).isEqualTo(4);
    assertThat(first.script().rules().withoutTransaction()).isNull();
    Script undo = folder.firstDown();
    assertThat(undo.text()).isEqualTo("select 'down';");
    assertThat(undo.rules().firstLine()).isEqualTo(6);
    assertThat(first.script().path()).isEqualTo(undo.path()).isEqualTo("0001_a.sql");
  }

  @Test
  void aMigrationWithoutADownSectionHasNoDownScript() {
    folder.with("0001_a.sql", "-- +goose Up", "select 1;");
    assertThat(folder.first().down()).isNull();
  }

  @Test
  void anEmptyDownSectionIsARollbackThatDoesNothing() {
    folder.with("0001_a.sql", "-- migrate:up", "select 1;", "-- migrate:down");
    Script down = folder.firstDown();
    assertThat(down.text()).isEmpty();
    assertThat(down.parse().statements()).isEmpty();
  }

  @Test
  void mendingTheDownSectionIsNoEditOfTheMigration() {
    folder.with("1_a.sql", "-- migrate:up", "select 1;", "-- migrate:down", "select 2;");
    folder.with("2_a.sql", "-- migrate:up", "select 1;", "-- migrate:down", "select 3;");
    folder.with("3_a.sql", "-- migrate:up transaction:false", "select 1;", "-- migrate:down");
    folder.with("4_a.sql", "-- about it", "-- migrate:up\r", "select 1;\r", "-- migrate:down");
    assertThat(folder.migrations().get(1).script().checksum())
        .isEqualTo(folder.first().script().checksum())
        .isEqualTo(folder.migrations().get(3).script().checksum())
        .isNotEqualTo(folder.migrations().get(2).script().checksum());
  }

  @Test
  void theChecksumOfADownSectionIsThatOfTheCopyInTheDatabase() {
    folder.with("1_a.sql", "-- migrate:up", "select 1;", "-- migrate:down", "select 2;");
    Script down = folder.firstDown();
    assertThat(Script.stored("1_a.sql", down.text()).checksum()).isEqualTo(down.checksum());
  }

  @Test
  void linesOfATaggedFileKeepTheirMeaningBetweenStatementMarkers() {
    folder.with(
        "1_a.sql",
        "-- +goose Up",
        "-- +goose StatementBegin",
        "create function f() returns int language sql as $$ select 1; select 2; $$;",
        "-- +goose StatementEnd",
        "select 3;");
    assertThat(folder.first().script().parse().statements())
        .extracting(Statement::text)
        .hasSize(2)
        .last()
        .isEqualTo("select 3");
  }

  @Test
  void aMarkerIsAMarkerWhereverItsLineStands() {
    folder.with(
        "1_a.sql", "-- migrate:up", "select $$", "-- migrate:down", "$$;", "/*", "*/ select 2;");
    assertThat(folder.first().script().text()).isEqualTo("select $$\n");
  }

  @ParameterizedTest
  @CsvSource({
    "-- migrate:up transaction:false, 1_a.sql:2 says transaction:false",
    "-- +migrate Up notransaction, 1_a.sql:2 says notransaction"
  })
  void aSectionSaysThatItRunsWithoutATransaction(String up, String reason) {
    folder.with(
        "1_a.sql",
        "-- why",
        up,
        "select 1;",
        up.contains("+") ? "-- +migrate Down" : "-- migrate:down",
        "select 2;");
    ResolvedMigration first = folder.first();
    assertThat(first.script().rules().withoutTransaction()).isEqualTo(reason);
    Script down = folder.firstDown();
    assertThat(down.rules().withoutTransaction()).isNull();
  }

  @Test
  void gooseSaysItForBothSections() {
    folder.with(
        "1_a.sql", "-- +goose NO TRANSACTION", "-- +goose Up", "select 1;", "-- +goose Down");
    ResolvedMigration first = folder.first();
    assertThat(first.script().rules().withoutTransaction())
        .isEqualTo("1_a.sql:1 says NO TRANSACTION");
    Script down = folder.firstDown();
    assertThat(down.rules().withoutTransaction()).isEqualTo("1_a.sql:1 says NO TRANSACTION");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-- migrate:up|-- migrate:dwon|1_a.sql:2:1: '-- migrate:dwon' is not understood",
        "-- migrate:up|-- migrate:up|stands in line 1 already",
        "-- migrate:up|-- migrate:down transaction:no|option 'transaction:no' is unknown",
        "-- migrate:up|~-- migrate:down|blanks stand before it",
        "-- +goose Up|-- +goose Dwon|goose knows Up, Down",
        "-- +goose Up|-- +goose ENVSUB ON|environment variables are not put into scripts",
        "-- +goose Up|-- +goose|goose knows Up, Down",
        "-- +migrate Up|-- +migrate down|sql-migrate knows",
        "-- +migrate Up|--+migrate Down|spelt just so",
        "-- +migrate Up|-- +migrate Down noTransaction|the only option",
        "-- +migrate Up|-- +migrate StatementBegin notransaction|the only option",
        "select 1;|-- migrate:up|1_a.sql:1:1: this stands before the first marker, in line 2",
        "/* a /* b */ x */ y|-- +goose Up|1_a.sql:1:1: this stands before the first marker"
      })
  void whatTheToolWouldNotUnderstandIsRefusedWithItsLine(
      String first, String second, String words) {
    folder.with("1_a.sql", first, second.replace('~', '\t'), "select 1;");
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE);
    assertThat(folder.refusal()).hasMessageContaining(words);
  }

  @Test
  void commentsMayStandBeforeTheFirstMarker() {
    folder.with(
        "1_a.sql",
        "\uFEFF-- licence",
        "/* and /* more */ of",
        "-- it */ ",
        "\r",
        "-- +goose Up",
        "x;");
    assertThat(folder.first().script().text()).isEqualTo("x;");
    assertThat(folder.first().script().rules().firstLine()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- migrator: transaction=off",
        "--MIGRATOR:irreversible because so it is",
        "/* why */ -- atlas:txmode none"
      })
  void aDirectiveBeforeTheFirstMarkerBelongsToNoSection(String directive) {
    folder.with("1_a.sql", "-- what", directive, "-- migrate:up", "select 1;");
    assertThat(folder.refusal())
        .hasMessageContaining("1_a.sql:2:1")
        .hasMessageContaining("belongs to no section")
        .hasMessageContaining("move it below the marker");
    folder.with("1_a.sql", "-- what", "-- migrate:up", directive, "select 1;");
    assertThat(folder.first().script().parse().directives()).isNotEqualTo(Directives.NONE);
  }

  @Test
  void theFirstFileTellsAndTheOthersAreHeldToIt() {
    folder.with("1_a.sql", "-- +goose Up", "select 1;").with("2_b.sql", "select 2;");
    MigrationException refusal = folder.refusal();
    assertThat(refusal.code()).isEqualTo(FailureCode.SCRIPT_NAME_INVALID);
    assertThat(refusal)
        .hasMessageContaining("2_b.sql:1:1: the file has no line '-- +goose Up'")
        .hasMessageContaining("Read as GOOSE nothing of it would run")
        .hasMessageContaining("read as NUMBERED all of it would");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1_%s.sql", "1_%s.up.sql", "V1__%s.sql", "1_%s/up.sql"})
  void aFileWithSectionsNeverRunsWhole(String name) {
    folder.with(name.replace("1", "0").formatted("a"), "select 0;");
    folder.with(name.formatted("b"), "", "-- migrate:up", "select 1;", "-- migrate:down", "x;");
    MigrationException refusal = folder.refusal();
    assertThat(refusal.code()).isEqualTo(FailureCode.SCRIPT_NAME_INVALID);
    assertThat(refusal)
        .hasMessageContaining(name.formatted("b") + ":2:1")
        .hasMessageContaining("all of the file would run, what undoes it too")
        .hasMessageContaining("read as DBMATE only the up section would");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-- +migrate up|-- +migrate down",
        "--  +migrate Up|--  +migrate Down",
        "-- +migrateUp|-- +migrateDown",
        "-- +Migrate Up|-- +Migrate Down",
        "-- migrate:Up|-- migrate:Down",
        "-- MIGRATE:UP|-- MIGRATE:DOWN",
        "-- migrate: up|-- migrate: down",
        "-- migrate:up transaction=false|-- migrate:down transaction=false",
        "-- migrate:up: x|-- migrate:down: x",
        "~-- +goose Up|~-- +goose Down",
        "-- +goose Up.|-- +goose Down.",
        "-- +GOOSE Up|-- +GOOSE Down",
        "-- +goose StatementBegin|-- +goose StatementEnd"
      })
  void aMisspeltMarkerDoesNotMakeBothSectionsRun(String up, String down) {
    String begin = up.replace('~', ' ');
    String[] lines = {begin, "create table t ();", down.replace('~', ' '), "drop table t;"};
    folder.with("2_b.sql", lines);
    assertThat(folder.refusal()).hasMessageContaining("2_b.sql:1:1: ");
    assertThat(folder.naming(NamingConvention.NUMBERED).refusal())
        .hasMessageContaining("2_b.sql:1:1: '" + begin.strip() + "'")
        .hasMessageContaining("Read as NUMBERED all of the file would run");
    folder.naming(NamingConvention.AUTOMATIC).with("1_a.sql", "select 1;");
    assertThat(folder.refusal()).hasMessageContaining("2_b.sql:1:1: '" + begin.strip() + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- migrate: the old rows go to the new table",
        "-- we migrate:up and down",
        "select 1; -- migrate:up"
      })
  void aCommentThatOnlyHoldsTheWordIsNone(String line) {
    folder.with("1_a.sql", line, "select 1;");
    assertThat(folder.refusal()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF-- migrate:up\nselect 1;\n-- migrate:down\n",
        "select 1;\r-- migrate:up\rselect 1;\r",
        "select 1;\r\n\r\n-- +goose Up\r\nselect 1;\r\n",
        "select 1;\n\r-- +goose Up\r",
        "\t \t-- +migrate Up\n"
      })
  void aLargeFileIsDividedIntoLinesAsASmallOneIs(String text) {
    folder.naming(NamingConvention.NUMBERED).with("1_a.sql", text);
    String small = folder.refusal().getMessage();
    folder.with("1_a.sql", text + "-- more\n".repeat(Found.LARGE / 8));
    assertThat(folder.refusal()).hasMessage(small);
  }

  @Test
  void aChosenConventionDoesNotMakeSectionsRun() {
    folder.with("1_a.sql", "-- migrate:up", "select 1;", "-- migrate:down", "select 2;");
    assertThat(folder.naming(NamingConvention.NUMBERED).refusal())
        .hasMessageContaining("Read as NUMBERED all of the file would run");
    assertThat(folder.naming(NamingConvention.GOOSE).refusal())
        .hasMessageContaining("is a marker of DBMATE, and the file is one of GOOSE");
    assertThat(folder.naming(NamingConvention.DBMATE).summary())
        .containsExactly("1 a 1_a.sql / 1_a.sql");
  }

  @Test
  void aFileOfTwoToolsIsRefused() {
    folder.with("1_a.sql", "-- +goose Up", "-- +migrate Up", "select 1;");
    assertThat(folder.refusal()).hasMessageContaining("1_a.sql:2:1").hasMessageContaining("tool");
  }

  @Test
  void aRollbackFileBesideSectionsIsASecondMigrationOfItsVersion() {
    folder.with("1_a.sql", "-- +goose Up").with("1_a_rollback.sql", "-- +goose Up");
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.DUPLICATE_VERSION);
  }

  @Test
  void theOffsetOfAByteIsThatInTheFile() {
    folder.bytes("1_a.sql", "-- +goose Up\n\u00E9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(folder.refusal())
        .hasMessageContaining("1_a.sql:2:1: this is not UTF-8: the byte at offset 13");
  }
}
