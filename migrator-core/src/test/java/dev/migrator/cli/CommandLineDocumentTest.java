package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document of the command line says is what the program does. */
class CommandLineDocumentTest {

  private static final Pattern EXIT_CODES =
      Pattern.compile("^\\| ([0-9]) \\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);

  private static final String DIGEST =
      "1b71b41da701fb0d78cc88f125ba5e2260fa52d555787229849b5c3632f6d473";

  @TempDir
  Path folder;

  private String document = "";

  @BeforeEach
  void read() throws IOException {
    document = Files.readString(Path.of("../docs/command-line.md"));
  }

  @Test
  @PostgresTest
  void theExamplesRunAsShown(TestDatabase database) {
    Shell shell = new Shell(folder, database);
    int examples = DocumentedSession.run(
        document,
        shell,
        arguments -> run(shell, arguments),
        printed -> printed
            .replace(database.name(), "shop")
            .replace(folder + "/", "db/migration/")
            // It is about the database, too.
            .replaceAll("(?<=\"digest\": \")[0-9a-f]{64}", DIGEST));
    assertThat(examples).isGreaterThan(8);
  }

  @Test
  void everyFailureCodeStandsBesideItsExitCode() {
    List<String> shown = EXIT_CODES
        .matcher(document)
        .results()
        .flatMap(row -> Pattern.compile("`([A-Z_]+)`")
            .matcher(row.group(2))
            .results()
            .map(code -> code.group(1) + " " + row.group(1)))
        .toList();
    List<String> real = new ArrayList<>();
    for (FailureCode code : FailureCode.values()) {
      real.add(code.name() + " " + code.exitCode());
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(real);
  }

  @Test
  void everyVerbAndEveryOptionIsShownAndNoOther() {
    assertThat(tableRows("Verbs"))
        .containsExactlyElementsOf(Verb.ALL.stream().map(Verb::name).toList());
    Set<String> options = Verb.ALL.stream()
        .flatMap(Verb::groups)
        .flatMap(group -> group.options().stream())
        .map(Option::name)
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(tableRows("Options"))).isEqualTo(options);
  }

  private CommandRun run(Shell shell, List<String> arguments) {
    if (arguments.get(0).equals("statements")) {
      arguments.replaceAll(argument -> argument.replace("db/migration/", folder + "/"));
      return shell.runExactly(arguments);
    }
    arguments.addAll(List.of("--location", folder.toString(), "--applied-by", "ada@host"));
    return shell.runExactly(arguments);
  }

  /** The first words of the tables' first cells, between a heading and the next of its level. */
  private List<String> tableRows(String heading) {
    int start = document.indexOf("\n## " + heading + "\n");
    int end = document.indexOf("\n## ", start + 1);
    return Pattern.compile("^\\| `([a-z-]+)", Pattern.MULTILINE)
        .matcher(document.substring(start, end))
        .results()
        .map(row -> row.group(1))
        .toList();
  }
}
