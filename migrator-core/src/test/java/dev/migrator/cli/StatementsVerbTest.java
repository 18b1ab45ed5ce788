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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code migrator statements}: how a script is read. No database is there. */
@Tag("any-server")
class StatementsVerbTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/statements");

  @TempDir
  Path folder;

  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(folder);
  }

  private CommandRun statements(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.set(0, folder.resolve(arguments[0]).toString());
    all.add(0, "statements");
    CommandRun run = shell.runExactly(all);
    String base = folder.toString().replace('\\', '/') + "/";
    return new CommandRun(run.exitCode(), run.out().replace(base, ""), run.err().replace(base, ""));
  }

  @ParameterizedTest
  @CsvSource({"people.txt,", "people.json, --json", "people-verbose.txt, --verbose"})
  void everyStatementIsShown(String golden, String option) throws IOException {
    shell.script("0001_people.sql", Files.readString(GOLDEN.resolve("0001_people.sql")));
    CommandRun run =
        option == null ? statements("0001_people.sql") : statements("0001_people.sql", option);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(Files.readString(GOLDEN.resolve(golden)));
    assertThat(run.out()).doesNotContain("secret");
  }

  @Test
  void anyNameWillDo() {
    CommandRun run = statements(shellWith("what ever", "vacuum;"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("what ever: 1 statement without a transaction: 'vacuum' at what ever:1:1 cannot"
            + " run in a transaction.\n");
  }

  private String shellWith(String name, String sql) {
    shell.script(name, sql);
    return name;
  }

  @Test
  void aFileWithSectionsHasTwoScripts() {
    CommandRun run = statements(
        shellWith(
            "1_a.sql",
            "-- about\n-- migrate:up transaction:false\nselect 1;\nselect 2;\n\n-- migrate:down\ndrop table a;\n"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "1_a.sql, up section from line 3: 2 statements without a transaction: 1_a.sql:2 says"
                + " transaction:false.")
        .contains("1_a.sql, down section from line 7: 1 statement in one transaction.")
        .contains("1    7:1     7:13");
    assertThat(statements("1_a.sql", "--json").out())
        .contains("\"section\": \"up\"", "\"section\": \"down\"");
  }

  @Test
  void filesBesideItCount() throws IOException {
    shell.script("V1__a.sql.conf", "executeInTransaction=false");
    assertThat(statements(shellWith("V1__a.sql", "select 1;")).out())
        .contains("V1__a.sql.conf:1 says executeInTransaction=false");
    shell.script("metadata.toml", "run_in_transaction = false");
    assertThat(statements(shellWith("up.sql", "select 1;")).out())
        .contains("metadata.toml:1 says run_in_transaction = false");
    assertThat(statements(shellWith("0001_a.sql", "select 1\n--> statement-breakpoint\n;"))
            .out())
        .contains("1 statement in one transaction");
    Files.createDirectories(folder.resolve("meta"));
    shell.script("meta/_journal.json", "{}");
    assertThat(statements(shellWith("0002_b.sql", "select 1\n--> statement-breakpoint\nselect 2"))
            .out())
        .contains("2 statements in one transaction");
  }

  @Test
  void whatWouldBeRefusedIsShownAllTheSame() {
    CommandRun run = statements(shellWith("a.sql", "select 1;\ncommit;\nselect 2;\nrollback;"));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.out())
        .startsWith("a.sql: 4 statements; refused.\n")
        .contains("  2: it controls the transaction from inside the script.\n")
        .contains("  4: it controls the transaction from inside the script.\n")
        .contains("[SCRIPT_REFUSED] a.sql:2:1: 'commit' controls the transaction");
    assertThat(statements("a.sql", "--json").out())
        .contains("\"refused\": true", "\"refusal\": \"[SCRIPT_REFUSED] a.sql:2:1: 'commit'");

    assertThat(statements(shellWith("b.sql", "-- migrator: transaction=on\nvacuum;")))
        .satisfies(b -> assertThat(b.exitCode()).isEqualTo(5))
        .satisfies(
            b -> assertThat(b.out()).contains("1 statement; refused.", "asks for a transaction"));
  }

  @Test
  void placeholdersAreReplacedOnceTheyHaveValues() {
    shellWith("a.sql", "select '${a}', '${b}';");
    assertThat(statements("a.sql").exitCode()).isZero();
    CommandRun one = statements("a.sql", "--placeholder", "a=1");
    assertThat(one.exitCode()).isEqualTo(5);
    assertThat(one.err()).contains("a.sql:1:", "${b}");
    CommandRun both = statements("a.sql", "--placeholder", "a=1", "--placeholder", "b=2");
    assertThat(both.exitCode()).isZero();
    assertThat(both.out()).contains("select '${a}', '${b}'");
  }

  @Test
  void aFrameAroundEverythingIsNone() {
    CommandRun run = statements(shellWith("a.sql", "begin;\nselect 1;\ncommit;"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("a.sql: 3 statements in one transaction.\n")
        .contains("TRANSACTION  BEGIN");
  }

  @Test
  void aCommandOfPsqlIsAsFarAsItIsRead() {
    CommandRun run = statements(shellWith("a.sql", "select 1;\n\\i other.sql\nselect 2;"));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.out())
        .startsWith("a.sql: 1 statement; refused.\n")
        .contains("select 1")
        .contains("[SCRIPT_UNREADABLE] a.sql:2:1: '\\i' is a command of psql, not SQL.")
        .doesNotContain("select 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1; select 'a | [SCRIPT_UNREADABLE] a.sql:1:18:",
        "-- migrator: lock_timeout=3s | a.sql:1:1: there is no directive 'lock_timeout'",
        "'' | "
      })
  void whatCannotBeReadIsTheUsualFailure(String sql, String problem) {
    CommandRun run = statements(shellWith("a.sql", sql));
    if (problem == null) {
      assertThat(run.out()).isEqualTo("a.sql: 0 statements in one transaction.\n");
      return;
    }
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(problem);
  }

  @Test
  void theFileIsToBeNamedAndToBeThere() {
    assertThat(shell.runExactly(List.of("statements")).err()).contains("<file> is missing");
    assertThat(shell.runExactly(List.of("statements", "--url", "x", "y")).err())
        .contains("statements has no option --url");
    assertThat(shell.runExactly(List.of("statements", "a", "b")).err())
        .contains("an argument that belongs to no option");
    CommandRun run = statements("absent.sql");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("there is no file absent.sql");
    assertThat(shell.runExactly(List.of("statements", "--help")).out())
        .startsWith("migrator statements <file> [options]");
  }
}
