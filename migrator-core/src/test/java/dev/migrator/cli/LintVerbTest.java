package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintVerbTest {

  @TempDir
  Path folder;

  private Shell shell() {
    return new Shell(folder)
        .script(
            "01_orders.sql", "create table orders (id bigint primary key, placed timestamptz);\n")
        .script("02_index.sql", "create index orders_placed on orders (placed);\n");
  }

  private CommandRun lint(String... options) {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("lint", "--location", folder.toString()));
    arguments.addAll(List.of(options));
    return shell().runExactly(arguments);
  }

  @Test
  void itNeedsNoDatabaseAndSaysPlaceEffectRemedyAndTheSafeForm() {
    CommandRun run = lint();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("""
        02_index.sql:1:1: warning [index-not-concurrent]
          The index on orders is built while nobody may write to it.
            create index orders_placed on orders (placed)
            ^
          Effect: The table is read from end to end under a SHARE lock""");
    assertThat(run.out())
        .contains("    create index CONCURRENTLY orders_placed on orders (placed);\n")
        .contains("Note: No database was at hand")
        .endsWith("1 warning.\n");
  }

  @Test
  void whatWeighsEnoughMakesTheExitCode() {
    assertThat(lint("--fail-on", "warning").exitCode()).isEqualTo(1);
    shell().script("03_required.sql", "alter table orders add column state text not null;\n");
    CommandRun run = lint();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("03_required.sql:1:20: error [required-column-without-default]");
  }

  @Test
  void rulesAreSwitchedAndAnUnknownOneIsAnError() {
    assertThat(lint("--rule", "index-not-concurrent=off").out()).endsWith("Nothing found.\n");
    assertThat(lint("--rule", "header-missing=on").out()).contains("note [header-missing]");
    CommandRun run = lint("--rule", "index-not-concurent=off");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("Did you mean 'index-not-concurrent'?");
    assertThat(lint("--rule", "naming").exitCode()).isEqualTo(5);
  }

  @Test
  void machinesReadJsonAndAnnotations() {
    assertThat(lint("--json").out())
        .contains("\"type\": \"lint\"", "\"warnings\": 1", "\"rule\": \"index-not-concurrent\"");
    assertThat(lint("--format", "github").out())
        .startsWith(
            "::warning file=" + folder + "/02_index.sql,line=1,col=1,title=index-not-concurrent::"
                + "The index on orders is built");
    assertThat(lint("--list").out()).contains("  drop-table (warning, destructive)\n");
    assertThat(lint("--list", "--json").out())
        .contains("\"type\": \"rules\"", "\"id\": \"naming\"");
  }

  @Test
  void aSecretIsNotRepeated() {
    shell().script("03_role.sql", "create role clerk password 'open-sesame';\n");
    CommandRun run = lint();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("03_role.sql:1:29: error [secret-in-script]");
    assertThat(run.all() + lint("--json").all() + lint("--format", "github").all())
        .doesNotContain("sesame");
  }

  @Test
  void anUnknownRuleInADirectiveNamesTheNearest() {
    shell()
        .script(
            "03_less.sql",
            "-- migrator: allow drop-tables because it is old\ndrop table orders;\n");
    CommandRun run = lint();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("There is no rule 'drop-tables'. Did you mean 'drop-table'?");
  }

  @Test
  @PostgresTest
  void withAUrlItIsAboutWhatIsPending(TestDatabase database) {
    Shell shell = new Shell(folder, database)
        .script(
            "01_orders.sql", "create table orders (id bigint primary key, placed timestamptz);\n");
    assertThat(shell.run("migrate").exitCode()).isZero();
    shell.script("02_index.sql", "create index orders_placed on orders (placed);\n");
    List<String> arguments = List.of(
        "lint",
        "--location",
        folder.toString(),
        "--url",
        database.jdbcUrl(),
        "--fail-on",
        "warning");
    CommandRun run = shell.runExactly(arguments);
    assertThat(run.out()).contains("02_index.sql:1:1: warning").doesNotContain("No database");
    assertThat(run.exitCode()).isEqualTo(1);

    CommandRun migrated = shell.run("migrate");
    assertThat(migrated.out())
        .contains("  Lint: warning index-not-concurrent at 02_index.sql:1:1: The index on orders")
        .contains("  Lint: 1 warning; 'migrator lint' tells what to do.");
    assertThat(shell
            .run("lint", "--all", "--url", database.jdbcUrl(), "--fail-on", "warning")
            .exitCode())
        .isEqualTo(5);
  }
}
