package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document of the trace shows is what happens. */
@PostgresTest
class TraceDocumentTest {

  @TempDir
  Path folder;

  @Test
  void theExamplesRunAsShown(TestDatabase database) throws IOException {
    Shell shell = new Shell(folder, database);
    int examples = DocumentedSession.run(
        Files.readString(Path.of("../docs/trace.md")),
        shell,
        arguments -> shell.run(arguments.toArray(String[]::new)),
        printed -> printed.replace(database.name(), "shop"));
    assertThat(examples).isEqualTo(3);
  }
}
