package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.report.DataVerdict;
import dev.migrator.report.RollbackVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document of the verification says is what happens. */
@Tag("any-server")
class VerifyDocumentTest {

  @TempDir
  Path folder;

  @TempDir
  Path reports;

  private String document = "";

  @BeforeEach
  void read() throws IOException {
    document = Files.readString(Path.of("../docs/verify.md"));
  }

  @Test
  void theExamplesRunAsShown() throws IOException {
    Shell shell = new Shell(folder);
    int examples = DocumentedSession.run(
        document,
        shell,
        arguments -> {
          arguments.replaceAll(argument -> argument.replace("target/", reports + "/"));
          arguments.addAll(List.of("--location", folder.toString()));
          return shell.runExactly(arguments);
        },
        printed -> printed);
    assertThat(examples).isGreaterThan(1);
    try (Stream<Path> written = Files.list(reports)) {
      assertThat(written).hasSize(3);
    }
  }

  @Test
  void everyVerdictIsExplained() {
    assertThat(rows("Verdicts"))
        .containsExactlyElementsOf(
            Arrays.stream(RollbackVerdict.values()).map(RollbackVerdict::words).toList());
    assertThat(rows("Rows"))
        .containsExactlyElementsOf(
            Arrays.stream(DataVerdict.values()).map(DataVerdict::words).toList());
  }

  /** The first cells of a section's tables. */
  private List<String> rows(String heading) {
    int start = document.indexOf("\n## " + heading + "\n");
    int end = document.indexOf("\n## ", start + 1);
    return Pattern.compile("^\\| ([a-z][a-z ]+) \\|", Pattern.MULTILINE)
        .matcher(document.substring(start, end))
        .results()
        .map(row -> row.group(1))
        .filter(row -> !row.equals("verdict"))
        .toList();
  }
}
