package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.NamingConvention;
import dev.migrator.migration.FailureCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that Drizzle's journal describes. */
class DrizzleTest {

  private static final String SQL = "select 1;--> statement-breakpoint\nselect 2;";

  @TempDir
  Path path;

  private ScriptFolder folder;

  @BeforeEach
  void open() {
    folder = new ScriptFolder(path);
  }

  @Test
  void theJournalTellsWhatRunsAndInWhichOrder() {
    folder
        .with("0001_b.sql", SQL)
        .with("0000_a.sql", SQL)
        .with("0000_a_rollback.sql", SQL)
        .with("meta/_journal.json", journal("0000_a", "0001_b"))
        .with("meta/0000_snapshot.json", "{}");
    assertThat(folder.summary())
        .containsExactly("0000 a 0000_a.sql / 0000_a_rollback.sql", "0001 b 0001_b.sql");
    assertThat(folder.first().script().rules().breakpoints()).isTrue();
    assertThat(folder.resolved().notes()).isEmpty();
  }

  @Test
  void theJournalOfAFolderWithinIsFoundOnRequest() {
    folder
        .with("drizzle/0000_a.sql", SQL)
        .with("drizzle/0000_a_rollback.sql", SQL)
        .with("drizzle/0002_hand.sql", SQL)
        .with("drizzle/meta/_journal.json", journal("0000_a"))
        .recursive();
    assertThat(folder.summary())
        .containsExactly("0000 a drizzle/0000_a.sql / drizzle/0000_a_rollback.sql");
    assertThat(folder.resolved().notes())
        .containsExactly(
            "Not in drizzle/meta/_journal.json and therefore not run:" + " drizzle/0002_hand.sql.");
    folder.with("0003_b.sql", SQL);
    assertThat(folder.refusal()).hasMessageContaining("0003_b.sql does not fit");
  }

  @Test
  void aFileOutsideTheJournalIsNamedAndNotRun() {
    folder
        .with("0000_a.sql", SQL)
        .with("0001_abandoned_dagger.sql", SQL)
        .with("0007_x_rollback.sql", SQL)
        .with("meta/_journal.json", journal("0000_a"));
    assertThat(folder.summary()).containsExactly("0000 a 0000_a.sql");
    assertThat(folder.resolved().notes())
        .singleElement()
        .asString()
        .startsWith("Not in ")
        .endsWith("meta/_journal.json and therefore not run: 0001_abandoned_dagger.sql,"
            + " 0007_x_rollback.sql.");
  }

  @Test
  void anEntryWithoutItsFileIsRefusedWithItsPlace() {
    folder.with("0000_a.sql", SQL).with("meta/_journal.json", journal("0000_a", "0001_b"));
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.SCRIPT_NAME_INVALID);
    assertThat(folder.refusal())
        .hasMessageContaining(
            "meta/_journal.json:3:36: the journal lists \"0001_b\", but there is no"
                + " file 0001_b.sql");
  }

  @Test
  void anOrderThatTheVersionsContradictIsRefusedWithBoth() {
    folder
        .with("0002_b.sql", SQL)
        .with("0001_a.sql", SQL)
        .with("meta/_journal.json", journal("0002_b", "0001_a"));
    assertThat(folder.refusal())
        .hasMessageContaining(
            "in the order of the journal \"0002_b\" runs before \"0001_a\", in the"
                + " order of the versions it is the other way round");
  }

  @Test
  void twoTagsOfOneNumberRunInTheOrderOfTheJournalWhenDuplicatesAreAllowed() {
    folder
        .with("0003_z.sql", SQL)
        .with("0003_a.sql", SQL)
        .with("meta/_journal.json", journal("0003_z", "0003_a"));
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.DUPLICATE_VERSION);
    assertThat(folder.allowingDuplicates().migrations())
        .extracting(r -> r.migration().id())
        .containsExactly("0003~z", "0003~a");
  }

  @Test
  void aTagWithoutDigitsHasItsIndexForAVersion() {
    folder.with("first.sql", SQL).with("0001_b.sql", SQL);
    folder.with("meta/_journal.json", journal("first", "0001_b"));
    assertThat(folder.summary()).containsExactly("0 first first.sql", "0001 b 0001_b.sql");
  }

  @Test
  void aTagThatEndsLikeACompanionIsAMigrationWhenTheJournalListsIt() {
    folder.with("0000_a.sql", SQL).with("0001_a_rollback.sql", SQL);
    folder.with("meta/_journal.json", journal("0000_a", "0001_a_rollback"));
    assertThat(folder.summary())
        .containsExactly("0000 a 0000_a.sql", "0001 a_rollback 0001_a_rollback.sql");
  }

  @Test
  void aTagListedTwiceIsRefused() {
    folder.with("0000_a.sql", SQL).with("meta/_journal.json", journal("0000_a", "0000_a"));
    assertThat(folder.refusal()).hasMessageContaining("lists \"0000_a\" twice");
  }

  @Test
  void migrationDirectoriesBesideAJournalAreRefused() {
    folder.with("0000_a.sql", SQL).with("1_b/up.sql", SQL);
    folder.with("meta/_journal.json", journal("0000_a"));
    assertThat(folder.refusal())
        .hasMessageContaining("Read as DRIZZLE")
        .hasMessageContaining("0000_a.sql would run, but 1_b/up.sql does not fit")
        .hasMessageContaining("Read as DIRECTORY");
  }

  @Test
  void theConventionCanBeChosenEitherWay() {
    folder.with("0000_a.sql", SQL).with("0001_b.sql", SQL);
    assertThat(folder.naming(NamingConvention.DRIZZLE).refusal())
        .hasMessageContaining("has no meta/_journal.json");
    folder.with("meta/_journal.json", journal("0000_a"));
    assertThat(folder.migrations()).hasSize(1);
    assertThat(folder.naming(NamingConvention.NUMBERED).migrations()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"entries\": [{\"idx\": 0}]}|:1:14: this object has no \"tag\"",
        "{\"entries\": [{\"idx\": \"0\", \"tag\": \"a\"}]}|:1:22: here stands a string where a number",
        "{\"entries\": [{\"idx\": 0.5, \"tag\": \"a\"}]}|:1:22: an index is a whole number",
        "{\"entries\": {}}|:1:13: here stands an object where an array",
        "{}|:1:1: this object has no \"entries\"",
        "{\"dialect\": \"mysql\", \"entries\": []}|the journal is for mysql",
        "{\"entries\": [,]}|:1:14: this is no JSON"
      })
  void aJournalOfAnotherShapeIsRefusedWithItsPlace(String json, String words) {
    folder.with("a.sql", SQL).with("meta/_journal.json", json);
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE);
    assertThat(folder.refusal()).hasMessageContaining(words);
  }

  private static String journal(String... tags) {
    return Arrays.stream(tags)
        .map(tag ->
            " {\"idx\": 0, \"version\": \"7\", \"tag\": \"" + tag + "\", \"breakpoints\": true}")
        .collect(Collectors.joining(
            ",\n", "{\"version\": \"7\", \"dialect\": \"postgresql\", \"entries\": [\n", "]}\n"));
  }
}
