package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresPgDump;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document of backups shows is what happens. */
@PostgresTest
@RequiresPgDump
class PgDumpBackupDocumentTest {

  private static final Pattern NAME =
      Pattern.compile("backup-[0-9]{8}T[0-9.]+Z-[A-Za-z0-9_%]+\\.sql\\.gz");

  @TempDir
  Path folder;

  @TempDir
  Path place;

  @AfterEach
  void drop(TestDatabase database) {
    database.execute("drop database if exists " + database.name() + "_restored");
  }

  @Test
  void theExamplesRunAsShown(TestDatabase database) throws IOException {
    String document = Files.readString(Path.of("../docs/backup.md"));
    Shell shell = new Shell(folder, database);
    int examples = DocumentedSession.run(
        steady(document),
        shell,
        arguments -> {
          arguments.replaceAll(argument -> argument.startsWith("backups/migrations/")
              ? latest()
              : argument.replace("shop_restored", database.name() + "_restored"));
          if (!arguments.contains("restore") && !arguments.contains("off")) {
            arguments.addAll(List.of("--backup-directory", backups().toString()));
          }
          arguments.addAll(List.of("--location", folder.toString(), "--applied-by", "ada@host"));
          return shell.runExactly(arguments);
        },
        printed -> steady(
            printed.replace(database.name(), "shop").replace(place.toAbsolutePath() + "/", "")));
    assertThat(examples).isEqualTo(4);
    assertThat(database.query("select name from customers order by id"))
        .containsExactly(List.of("A"), List.of("G"));
    Matcher query =
        Pattern.compile("```sql\n(SELECT executed_at.*?)```", Pattern.DOTALL).matcher(document);
    assertThat(query.find()).isTrue();
    assertThat(database.query(query.group(1))).hasSize(1);
  }

  @Test
  void everyCodeStandsBesideItsExitCode() throws IOException {
    String document = Files.readString(Path.of("../docs/backup.md"));
    for (FailureCode code : List.of(
        FailureCode.CONFIGURATION_INVALID,
        FailureCode.BACKUP_FAILED,
        FailureCode.BACKUP_DAMAGED,
        FailureCode.RESTORE_FAILED)) {
      assertThat(document).contains("| `" + code + "` | " + code.exitCode() + " |");
    }
  }

  private Path backups() {
    return place.toAbsolutePath().resolve("backups/migrations");
  }

  private String latest() {
    try (Stream<Path> files = Files.list(backups())) {
      return files
          .filter(file -> file.toString().endsWith(".gz"))
          .findFirst()
          .orElseThrow()
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String steady(String text) {
    return NAME.matcher(text)
        .replaceAll("backup-TIME.sql.gz")
        .replaceAll("[0-9]+ bytes", "N bytes");
  }
}
