package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.cli.DocumentedSession.Runner;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document of drift shows is what happens. */
@PostgresTest
class DriftDocumentTest {

  @TempDir
  Path folder;

  @Test
  void theExamplesRunAsShown(TestDatabase database) throws IOException {
    String document = Files.readString(Path.of("../docs/drift.md"));
    Shell shell = new Shell(folder, database);
    int examples = DocumentedSession.run(
        steady(document),
        shell,
        new Runner() {
          @Override
          public CommandRun run(List<String> arguments) {
            return DriftDocumentTest.this.run(shell, database, arguments);
          }

          @Override
          public void psql(String sql) {
            database.execute(sql);
          }
        },
        printed -> steady(printed.replace(database.name(), "shop")));
    assertThat(examples).isEqualTo(5);
    String excerpt = document.substring(
        document.indexOf("```json\n") + 8,
        document.indexOf("```", document.indexOf("```json\n") + 8));
    assertThat(run(shell, database, new ArrayList<>(List.of("snapshot"))).out()).contains(excerpt);
  }

  private CommandRun run(Shell shell, TestDatabase database, List<String> arguments) {
    arguments.replaceAll(
        argument -> argument.replace("postgresql://localhost/shop", database.jdbcUrl()));
    arguments.addAll(List.of("--location", folder.toString()));
    return shell.runExactly(arguments);
  }

  /** Without what another version of PostgreSQL or another day makes different. */
  private static String steady(String text) {
    return text.replaceAll("-pg[0-9]+-[0-9a-f]{64}", "-pgN-HASH")
        .replaceAll("[0-9-]{10} [0-9:]{8}\\.[0-9]+\\+00", "TIME");
  }
}
