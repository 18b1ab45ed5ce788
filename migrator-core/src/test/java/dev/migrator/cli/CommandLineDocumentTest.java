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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document of the command line says is what the program does. */
class CommandLineDocumentTest {

  private static final Pattern SCRIPT =
      Pattern.compile("`db/migration/([^`]+)`:\n\n```sql\n(.*?)```", Pattern.DOTALL);
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXIT_CODES =
      Pattern.compile("^\\| ([0-9]) \\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);

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
    List<MatchResult> parts = new ArrayList<>();
    SCRIPT.matcher(document).results().forEach(parts::add);
    BLOCK.matcher(document).results().forEach(parts::add);
    parts.sort((a, b) -> Integer.compare(a.start(), b.start()));
    int examples = 0;
    int lastExitCode = 0;
    for (MatchResult part : parts) {
      if (part.groupCount() == 2) {
        shell.script(part.group(1), part.group(2));
        continue;
      }
      for (String example : part.group(1).split("(?m)^\\$ ", -1)) {
        if (example.isEmpty()) {
          continue;
        }
        String line = example.lines().findFirst().orElseThrow();
        String shown = example.substring(line.length() + 1);
        if (line.equals("echo $?")) {
          assertThat(lastExitCode + "\n").as(line).isEqualTo(shown);
          continue;
        }
        CommandRun run = run(shell, line);
        lastExitCode = run.exitCode();
        assertThat(normalised(
                run.all().replace(database.name(), "shop").replace(folder + "/", "db/migration/")))
            .as(line)
            .isEqualTo(normalised(shown));
        examples++;
      }
    }
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

  private CommandRun run(Shell shell, String line) {
    List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
    assertThat(arguments.remove(0)).isEqualTo("migrator");
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

  /** Times differ from run to run, and with them the widths of columns. */
  private static String normalised(String text) {
    return text.replaceAll("[0-9]+ ms", "N ms")
        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}", "TIME")
        .replaceAll("-{3,}", "---")
        .replaceAll(" +", " ");
  }
}
