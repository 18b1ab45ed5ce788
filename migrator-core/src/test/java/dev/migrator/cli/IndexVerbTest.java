package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb {@code index}, which needs no database. */
@Tag("any-server")
class IndexVerbTest {

  @TempDir
  Path folder;

  private Shell shell;

  @BeforeEach
  void oneScript() {
    shell = new Shell(folder).script("01_a.sql", "select 1;");
  }

  @Test
  void theIndexIsWrittenAndTold() {
    CommandRun run = index();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo("Wrote " + folder.resolve("migrator.index") + ": 1 migration.\n");
    assertThat(folder.resolve("migrator.index")).content().contains(" AUTOMATIC flat REFUSE\n");
  }

  @Test
  void settingsAreThoseOfTheEngine() throws IOException {
    Files.createDirectory(folder.resolve("deep"));
    shell.script("deep/01_b.sql", "select 1;");
    CommandRun run =
        index("--naming", "numbered", "--recursive", "--duplicates", "run-in-name-order");
    assertThat(run.out()).contains(": 2 migrations.");
    assertThat(folder.resolve("migrator.index"))
        .content()
        .contains(" NUMBERED recursive RUN_IN_NAME_ORDER\n", "\t01~a\ta\t");
  }

  @Test
  void itsJsonIsOneDocument() {
    assertThat(index("--json").out()).isEqualTo("""
        {
          "type": "index",
          "formatVersion": 1,
          "file": "%s",
          "migrations": 1,
          "notes": []
        }
        """.formatted(folder.resolve("migrator.index")));
  }

  @Test
  void whatCannotBeIndexedIsAFailure() throws IOException {
    assertThat(shell.runExactly(List.of("index")).err())
        .startsWith("[CONFIGURATION_INVALID] <folder> is missing.");
    assertThat(shell.runExactly(List.of("index", "a", "b")).exitCode()).isEqualTo(5);
    assertThat(index("--table", "x").err()).contains("index has no option --table");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    CommandRun run = shell.runExactly(List.of("index", empty.toString()));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).startsWith("[LOCATION_EMPTY]");
    assertThat(shell.runExactly(List.of("index", "nowhere")).err())
        .startsWith("[LOCATION_NOT_FOUND]");
  }

  private CommandRun index(String... options) {
    List<String> all = new ArrayList<>(List.of("index", folder.toString()));
    all.addAll(List.of(options));
    return shell.runExactly(all);
  }
}
