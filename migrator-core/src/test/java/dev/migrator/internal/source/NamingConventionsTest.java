package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.NamingConvention;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names of files and directories mean, with what real projects have of them. */
class NamingConventionsTest {

  private static final String SQL = "select 1;";

  @TempDir
  Path path;

  private ScriptFolder folder;

  @BeforeEach
  void open() {
    folder = new ScriptFolder(path);
  }

  @Test
  void aVersionOfTwentyDigitsStandsBesideOneOfFourteen() {
    folder.with("20241108160105123456_b.sql", SQL).with("20241109000000_a.sql", SQL);
    assertThat(folder.summary())
        .containsExactly(
            "20241109000000 a 20241109000000_a.sql",
            "20241108160105123456 b 20241108160105123456_b.sql");
  }

  @Test
  void leadingZerosOfDifferentLengthDoNotChangeTheOrder() {
    folder.with("00010-x.sql", SQL).with("0002-x.sql", SQL).with("1-x.sql", SQL);
    assertThat(folder.summary())
        .containsExactly("1 x 1-x.sql", "0002 x 0002-x.sql", "00010 x 00010-x.sql");
  }

  @Test
  void aDateIsAVersionWithAndWithoutItsZeros() {
    folder.with("2020-12-7_b.sql", SQL).with("2020-12-17_c.sql", SQL).with("2020-2-10_a.sql", SQL);
    assertThat(folder.migrations())
        .extracting(r -> r.migration().id())
        .containsExactly("2020-2-10", "2020-12-7", "2020-12-17");
  }

  @Test
  void threeFilesOfOneVersionAreAllNamed() {
    folder.with("0003_c.sql", SQL).with("0003_a.sql", SQL).with("0003_b.sql", SQL);
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.DUPLICATE_VERSION);
    assertThat(folder.refusal())
        .hasMessageContaining("0003_a.sql and ")
        .hasMessageContaining("0003_b.sql and ")
        .hasMessageContaining("0003_c.sql.")
        .hasMessageContaining("--duplicates run-in-name-order");
    assertThat(folder.allowingDuplicates().migrations())
        .extracting(r -> r.migration().id())
        .containsExactly("0003~a", "0003~b", "0003~c");
  }

  @Test
  void aDownScriptOfAnotherNameBelongsToItsVersion() {
    folder.with("0003_add_users.up.sql", SQL).with("0003_drop_users.down.sql", SQL);
    assertThat(folder.summary())
        .containsExactly("0003 add_users 0003_add_users.up.sql / 0003_drop_users.down.sql");
  }

  @Test
  void namesAreOrderedByCodePoint() {
    folder.with("R__\uD83D\uDE00.sql", SQL).with("R__\uFF5E.sql", SQL).with("R__B.sql", SQL);
    folder.with("R__a.sql", SQL);
    assertThat(folder.migrations())
        .extracting(r -> r.migration().name())
        .containsExactly("B", "a", "\uFF5E", "\uD83D\uDE00");
  }

  @Test
  void flywaysFourKindsStandInTheirOrder() {
    folder
        .with("V1_2__x.sql", SQL)
        .with("V1.10__y.sql", SQL)
        .with("U1_2__x.sql", SQL)
        .with("R__views.sql", SQL)
        .with("R__a functions.sql", SQL)
        .with("B1.10__all.sql", SQL);
    assertThat(folder.summary())
        .containsExactly(
            "1_2 x V1_2__x.sql / U1_2__x.sql",
            "1.10 all B1.10__all.sql",
            "1.10 y V1.10__y.sql",
            "R:a functions a functions R__a functions.sql",
            "R:views views R__views.sql");
    assertThat(folder.migrations())
        .extracting(r -> r.migration().kind())
        .containsExactly(
            MigrationKind.VERSIONED,
            MigrationKind.BASELINE,
            MigrationKind.VERSIONED,
            MigrationKind.REPEATABLE,
            MigrationKind.REPEATABLE);
  }

  @Test
  void twoBaselinesOfOneVersionAreRefusedHoweverDuplicatesAreTreated() {
    folder.with("B5__a.sql", SQL).with("B5__b.sql", SQL).allowingDuplicates();
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.DUPLICATE_VERSION);
    assertThat(folder.refusal()).hasMessageContaining("baseline 5 exists more than once");
  }

  @Test
  void aDirectoryIsAMigration() {
    folder
        .with("00000000000000_diesel initial setup/up.sql", SQL)
        .with("00000000000000_diesel initial setup/down.sql", SQL)
        .with("20140924113530_first/up.sql", SQL)
        .with("2024-02-12-120203_second/up.sql", SQL)
        .with("2020-12-7-120203_between/up.sql", SQL)
        .with("2020-12-7-120203_between/README.md", "why");
    assertThat(folder.summary())
        .containsExactly(
            "00000000000000 diesel initial setup 00000000000000_diesel initial setup/up.sql"
                + " / 00000000000000_diesel initial setup/down.sql",
            "20140924113530 first 20140924113530_first/up.sql",
            "2020-12-7-120203 between 2020-12-7-120203_between/up.sql",
            "2024-02-12-120203 second 2024-02-12-120203_second/up.sql");
  }

  @ParameterizedTest
  @ValueSource(strings = {"02_b/UP.sql", "02_b/migrate.sql", "02_b/up.SQL", "02_b/0002_b.sql"})
  void whatDoesNotFitInAMigrationsDirectoryIsRefused(String path) {
    folder.with("01_a/up.sql", SQL).with(path, SQL);
    assertThat(folder.refusal()).hasMessageContaining(path + " does not fit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001_a.sql", "V1__a.sql", "1_a.up.sql"})
  void aMigrationsDirectoryBesideFilesIsRefused(String file) {
    folder.with(file, SQL).with("2_b/2_b.sql", SQL);
    assertThat(folder.refusal()).hasMessageContaining("2_b/2_b.sql");
  }

  @Test
  void aFolderWithoutAVersionIsNoMigration() {
    folder.with("0001_a.sql", SQL).with("archive/up.sql", SQL).with("archive/metadata.toml", "x");
    folder.with("lost+found/0000_z.sql", SQL);
    assertThat(folder.summary()).containsExactly("0001 a 0001_a.sql");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001_a.DOWN.sql", "0001_a.Up.sql", "0001.uP.sql"})
  void anUpOrDownScriptInCapitalsIsNoNumberedOne(String name) {
    folder.with("0001_b.sql", SQL).with(name, SQL).allowingDuplicates();
    assertThat(folder.refusal()).hasMessageContaining(name + " does not fit");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLinkThatLeadsNowhereIsNotPassedOver(boolean recursive) throws IOException {
    folder.with("0001_a.sql", SQL);
    Files.createSymbolicLink(path.resolve("0002_b.sql"), Path.of("nowhere.sql"));
    if (recursive) {
      folder.recursive();
    }
    assertThat(folder.refusal()).hasMessageContaining("0002_b.sql cannot be read");
  }

  @Test
  void dieselsCounterOfOneSecondIsPartOfTheVersion() {
    folder.with("2026-05-27-120000-0000_b/up.sql", SQL).with("2026-05-27-120000_a/up.sql", SQL);
    folder.with("2026-05-27-120000-0001_c/up.sql", SQL).with("20260527120001_d/up.sql", SQL);
    assertThat(folder.migrations())
        .extracting(r -> r.migration().name())
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void prismasDirectoriesStandBesideItsLock() {
    folder
        .with("20230404095503_initial_migration/migration.sql", SQL)
        .with("20230411134605_doc_208/migration.sql", SQL)
        .with("migration_lock.toml", "provider = \"postgresql\"");
    assertThat(folder.summary())
        .containsExactly(
            "20230404095503 initial_migration 20230404095503_initial_migration/migration.sql",
            "20230411134605 doc_208 20230411134605_doc_208/migration.sql");
  }

  @Test
  void aDirectoryOfTwoUpScriptsIsRefused() {
    folder.with("2024_a/up.sql", SQL).with("2024_a/migration.sql", SQL);
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.DUPLICATE_VERSION);
  }

  @Test
  void aDirectoryWithoutAnUpScriptIsRefused() {
    folder.with("2024_a/up.sql", SQL).with("2025_b/down.sql", SQL);
    assertThat(folder.refusal()).hasMessageContaining("2025_b/down.sql");
  }

  @Test
  void directoriesBelowFoldersAreFoundOnRequest() {
    folder.with("2024_a/up.sql", SQL).with("later/2025_b/up.sql", SQL);
    assertThat(folder.migrations()).hasSize(1);
    assertThat(folder.recursive().summary())
        .containsExactly("2024 a 2024_a/up.sql", "2025 b later/2025_b/up.sql");
  }

  @Test
  void aFileThatIsNoMigrationBesideDirectoriesIsRefusedUnderAChosenConventionToo() {
    folder.with("2024_a/up.sql", SQL).with("data_oauth_github.sql", SQL);
    assertThat(folder.refusal()).hasMessageContaining("data_oauth_github.sql does not fit");
    assertThat(folder.naming(NamingConvention.DIRECTORY).refusal())
        .hasMessageContaining("data_oauth_github.sql does not fit")
        .hasMessageContaining("--naming");
  }

  @Test
  void twoLocationsWithTheSameScriptAreRefusedNamingBothPlaces() {
    folder.with("a/0001_x.sql", SQL).with("b/0001_x.sql", SQL).recursive();
    assertThat(folder.allowingDuplicates().refusal().code())
        .isEqualTo(FailureCode.DUPLICATE_VERSION);
    assertThat(folder.refusal())
        .hasMessageContaining("a/0001_x.sql and ")
        .hasMessageContaining("b/0001_x.sql.")
        .hasMessageContaining("found in two places");
  }

  @Test
  void aScriptOfOnlyCommentsIsAMigrationThatRunsNothing() {
    folder.with("0001_a.sql", "-- nothing any more", "/* neither */", "");
    assertThat(folder.first().script().parse().statements()).isEmpty();
  }

  @Test
  void anEmptyDownFileIsARollbackThatDoesNothing() {
    folder.with("1_a/up.sql", SQL).with("1_a/down.sql", "");
    Script down = folder.firstDown();
    assertThat(down.parse().statements()).isEmpty();
  }

  @Test
  void lineEndsAndAByteOrderMarkInOneFileOnlyAreNoEdit() {
    folder.with("1_a/up.sql", "select 1;", "select 2;", "");
    folder.with("2_a/up.sql", "\uFEFFselect 1;\r\nselect 2;\r\n");
    assertThat(folder.migrations().get(1).script().checksum())
        .isEqualTo(folder.first().script().checksum());
    assertThat(folder.migrations().get(1).script().text()).startsWith("select 1;\r\n");
  }

  @Test
  void aFileThatIsNotUtf8IsNamedWithTheOffsetOfTheByte() {
    folder.bytes("1_a/up.sql", "select 'caf\u00E9';".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(folder.refusal())
        .hasMessageContaining("1_a/up.sql:1:12: this is not UTF-8: the byte at offset 11");
  }
}
