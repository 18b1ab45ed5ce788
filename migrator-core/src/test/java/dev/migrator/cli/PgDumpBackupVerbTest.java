package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrator.FakeProgram;
import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PgDump;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresPgDump;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups on the command line. */
@PostgresTest
@RequiresPgDump
@Timeout(120)
class PgDumpBackupVerbTest {

  @TempDir
  Path folder;

  @TempDir
  Path place;

  private Shell shell;

  @BeforeEach
  void aShell(TestDatabase database) {
    shell = new Shell(folder, database).script("01_a.sql", "create table a ();");
  }

  @AfterEach
  void drop(TestDatabase database) {
    database.execute("drop database if exists " + database.name() + "_restored");
  }

  @Test
  void theVerbTellsWhereItIsAndHowItIsBroughtBack(TestDatabase database) {
    CommandRun run = shell.run("backup", "--backup-directory", place.toString());
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .startsWith("Backup " + place)
        .contains("SHA-256: ", "LSN: ", "To bring it back: migrator restore " + place);
    String file = run.out().substring("Backup ".length(), run.out().indexOf(" (plain"));
    CommandRun restore = shell.run("restore", file, "--json");
    assertThat(restore.exitCode()).as(restore.all()).isZero();
    assertThat(restore.out())
        .contains("\"type\": \"restore\"", "\"database\": \"" + database.name() + "_restored\"");
  }

  @Test
  void whatAFileSaysOfBackupsStandsInNobodysWay(TestDatabase database) throws IOException {
    Files.writeString(
        folder.resolve("migrator.toml"), "backup-format = \"directory\"\nbackup-jobs = 2\n");
    shell.in(folder);
    CommandRun run = shell.run("backup", "--backup-directory", place.toString());
    assertThat(run.exitCode()).as(run.all()).isZero();
    String file = run.out().substring("Backup ".length(), run.out().indexOf(" (directory"));
    CommandRun restore = shell.run("restore", file);
    assertThat(restore.exitCode()).as(restore.all()).isZero();
    drop(database);
    restore = shell.run("restore", file, "--no-config", "--backup-jobs", "2");
    assertThat(restore.exitCode()).as(restore.all()).isZero();
  }

  @Test
  void theOrderInWhichThingsAreSaidDoesNotCount(TestDatabase database) {
    shell.variable("MIGRATOR_BACKUP_FORMAT", "directory");
    CommandRun run =
        shell.run("backup", "--backup-jobs", "2", "--backup-directory", place.toString());
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("(directory");
  }

  @Test
  void theReportOfARunHasItAsJson(TestDatabase database) {
    CommandRun run = shell.run(
        "migrate", "--backup", "always", "--backup-directory", place.toString(), "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("\"backup\": {", "\"sha256\": \"", "\"format\": \"plain\"");
    assertThat(shell.run("history").out()).contains("backup");
  }

  @Test
  void inProductionARunIsSavedWithoutBeingAsked(TestDatabase database) throws IOException {
    CommandRun run = shell.run(
        "migrate",
        "--environment",
        "production",
        "--confirm-production",
        "--backup-directory",
        place.resolve("p").toString());
    assertThat(run.exitCode()).as(run.all()).isZero();
    try (Stream<Path> files = Files.list(place.resolve("p"))) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void optionsThatContradictEachOtherAreRefused(TestDatabase database) {
    assertThat(shell.run("backup", "--backup-jobs", "4").err()).contains("[CONFIGURATION_INVALID]");
    assertThat(shell.run("backup", "--backup-encrypt", "topsecret").err())
        .contains("age: or gpg:")
        .doesNotContain("topsecret");
    assertThat(shell.run("restore", "x", "--into", "a", "--overwrite").err()).contains("exclude");
    assertThat(shell.run("restore", "x", "--overwrite-phrase", "a").err()).contains("--overwrite");
    assertThat(shell.run("restore").err()).contains("<file> is missing");
    assertThat(shell.run("restore", "x", "--into", "a").exitCode()).isEqualTo(5);
  }

  /** A program in between writes slowly, so that there is time to look. */
  @Test
  void noProcessListHasThePassword(TestDatabase database) throws Exception {
    Path processes = Path.of("/proc");
    assumeTrue(Files.isReadable(processes.resolve("self/cmdline")), "needs /proc");
    TestRole role = database.createRole("SUPERUSER");
    database.execute(
        "create table bulk as select md5(i::text) t from generate_series(1, 100000) i");
    Path real = PgDump.of(database.serverVersion()).program();
    Path bin = FakeProgram.in(
        place.resolve("bin"),
        "pg_dump",
        database.serverVersion().major() + ".0",
        real
            + " \"$@\" | while read -r line; do echo \"$line\"; case $line in *00) sleep 0.01;; esac; done");
    shell.without("PGPASSWORD").without("PGUSER").input(role.password() + "\n");
    CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> shell.run(
        "backup",
        "--user",
        role.name(),
        "--password-stdin",
        "--backup-programs",
        bin.toString(),
        "--backup-directory",
        place.resolve("b").toString()));
    List<String> seen = new ArrayList<>();
    while (!run.isDone()) {
      seen.addAll(commandLines(processes));
      Thread.sleep(5);
    }
    assertThat(run.get().exitCode()).as(run.get().all()).isZero();
    assertThat(seen)
        .anyMatch(line -> line.contains("pg_dump") && line.contains("--no-password"))
        .noneMatch(line -> line.contains(role.password()) || line.contains(role.name()));
  }

  private static List<String> commandLines(Path processes) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> entries = Files.list(processes)) {
      for (Path entry :
          entries.filter(e -> e.getFileName().toString().matches("\\d+")).toList()) {
        try {
          lines.add(new String(Files.readAllBytes(entry.resolve("cmdline")), StandardCharsets.UTF_8)
              .replace('\0', ' '));
        } catch (IOException | UncheckedIOException e) {
          // It has ended.
        }
      }
    }
    // The server's own processes name who is connected.
    return lines.stream().filter(line -> !line.startsWith("postgres")).toList();
  }
}
