package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.FailureCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files beside scripts that say how these run. */
class SidecarTest {

  @TempDir
  Path path;

  private ScriptFolder folder;

  @BeforeEach
  void open() {
    folder = new ScriptFolder(path);
  }

  @Test
  void dieselsMetadataSaysItForBothScriptsOfItsDirectory() {
    folder
        .with("1_a/up.sql", "select 1;")
        .with("1_a/down.sql", "select 2;")
        .with("1_a/metadata.toml", "# an index", "", "run_in_transaction = false # CONCURRENTLY")
        .with("2_b/up.sql", "select 1;");
    String reason = "1_a/metadata.toml:3 says run_in_transaction = false";
    assertThat(folder.first().script().rules().withoutTransaction()).isEqualTo(reason);
    assertThat(folder.firstDown().rules().withoutTransaction()).isEqualTo(reason);
    assertThat(folder.migrations().get(1).script().rules().withoutTransaction()).isNull();
  }

  @Test
  void flywaysConfSaysItForTheScriptOfItsName() {
    folder
        .with("V1__a.sql", "select 1;")
        .with("U1__a.sql", "select 1;")
        .with("V1__a.sql.conf", "executeInTransaction=false")
        .with("V2__b.sql", "select 1;")
        .with("V2__b.sql.conf", "executeInTransaction = true");
    assertThat(folder.first().script().rules().withoutTransaction())
        .isEqualTo("V1__a.sql.conf:1 says executeInTransaction=false");
    assertThat(folder.firstDown().rules().withoutTransaction()).isNull();
    assertThat(folder.migrations().get(1).script().rules().withoutTransaction()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run_in_transactions = false|'run_in_transactions' is unknown; the one setting understood here is run_in_transaction",
        "[migration]|'[migration]' is unknown",
        "run_in_transaction = 0|run_in_transaction is '0'; it can be true or false",
        "run_in_transaction = \"false\"|it can be true or false",
        "run_in_transaction|run_in_transaction is ''"
      })
  void aSettingThatIsNotUnderstoodIsRefusedWithItsLine(String line, String words) {
    folder.with("1_a/up.sql", "select 1;").with("1_a/metadata.toml", "", line);
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE);
    assertThat(folder.refusal())
        .hasMessageContaining("1_a/metadata.toml:2:1: ")
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "V1__a.sql, V1_a.sql.conf, FLYWAY",
    "V1__a.sql, V1__a.sql.CONF, FLYWAY",
    "0001_a.sql, 0001_a.sql.conf, NUMBERED",
    "1_a/up.sql, 2_b/metadata.toml, DIRECTORY",
    "1_a.up.sql, 1_a.up.sql.conf, UP_DOWN"
  })
  void oneThatNoScriptTakesIsRefused(String script, String sidecar, String convention) {
    folder.with(script, "select 1;").with(sidecar, "executeInTransaction=false");
    assertThat(folder.refusal().code()).isEqualTo(FailureCode.SCRIPT_NAME_INVALID);
    assertThat(folder.refusal())
        .hasMessageContaining(
            sidecar + " says how a script runs, and read as " + convention + " no script");
  }

  @Test
  void aSettingThatStandsTwiceIsRefused() {
    folder
        .with("V1__a.sql", "select 1;")
        .with("V1__a.sql.conf", "executeInTransaction=false", "executeInTransaction=true");
    assertThat(folder.refusal())
        .hasMessageContaining("V1__a.sql.conf:2:1: executeInTransaction is" + " set a second time");
  }
}
