package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when something is wrong: where it is, and what to do about exactly that. */
@PostgresTest
@Tag("any-server")
class OperatorWordsTest {

  @TempDir
  Path folder;

  private TestDatabase database;
  private Shell shell;

  @BeforeEach
  void oneMigration(TestDatabase fresh) {
    database = fresh;
    shell = new Shell(folder, fresh).script("01_people.sql", "create table people (id int);");
  }

  @Test
  void aHostThatNobodyKnowsIsToldAsOne() {
    assertThat(refusal(1, "status", "--url", "postgresql://no-such-host.invalid/shop"))
        .contains(
            "no connection to the database at no-such-host.invalid/shop: no address is known for its host.",
            "Next: check that the server runs");
  }

  @Test
  void aDatabaseThatIsMissingIsToldWithItsServer() {
    String url = database.jdbcUrl().replaceFirst("/[^/?]+($|\\?)", "/no_such_database$1");
    assertThat(refusal(1, "status", "--url", url))
        .contains("/no_such_database: FATAL: database \"no_such_database\" does not exist")
        .contains("Next: correct the name, or create the database");
  }

  @Test
  void aSnapshotThatIsMissingIsToldWithoutTheNamesOfClasses() {
    assertThat(refusal(5, "snapshot", "--check", "no.json"))
        .contains("the snapshot no.json cannot be read: there is no no.json.")
        .doesNotContain("Exception");
  }

  @Test
  void aDesiredSchemaThatIsMissingIsToldBeforeAnythingIsReplayed() {
    // Were a server asked for, it would be refused first.
    CommandRun run = shell.runExactly(List.of(
        "new",
        "more",
        "--from",
        "no.sql",
        "--server",
        "container:none",
        "--location",
        folder.toString()));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .contains("the schema no.sql cannot be read: there is no no.sql.", "nothing was changed")
        .doesNotContain("Exception");
  }

  @Test
  void aLogFolderThatCannotBeWrittenSaysWhy() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));
    shell.without("MIGRATOR_NO_LOG_FILES");
    assertThat(refusal(5, "migrate", "--log-dir", file.toString()))
        .contains("taken: there is already something else at ");
  }

  @Test
  void aScriptThatIsNotUtf8IsToldWithItsLine() throws IOException {
    Files.write(
        folder.resolve("02_latin.sql"),
        "select 1;\n-- gr\u00fc\u00df".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal(5, "migrate")).contains("02_latin.sql:2:6: this is not UTF-8");
  }

  @Test
  void whatConfirmsNothingIsNamed() {
    assertThat(refusal(1, "migrate", "--environment", "production", "--confirm-phrase", "MIGRATE"))
        .contains(
            "nobody confirmed to apply 01 people (another phrase than MIGRATE-PRODUCTION was given).");
    assertThat(refusal(
            1,
            "migrate",
            "--environment",
            "production",
            "--require-phrase",
            "--confirm-production"))
        .contains("by the phrase, and here nothing else confirms.");
  }

  @Test
  void aLockThatOthersHoldIsNoMistakeInTheScript() throws SQLException {
    assertThat(shell.run("migrate", "--environment", "test").exitCode()).isZero();
    shell.script("02_more.sql", "alter table people add column age int;");
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select * from people");
      assertThat(refusal(
              2,
              "migrate",
              "--environment",
              "test",
              "--lock-timeout",
              "100ms",
              "--lock-retry",
              "0s"))
          .contains(
              "canceling statement due to lock timeout",
              "Next: run again when nobody holds the lock")
          .doesNotContain("correct the script");
    }
  }

  @Test
  void aFailureOfNoMigrationIsListedWithItsAction() {
    database.execute("create table migrator_walk ()");
    shell.script("02_late.sql", "select 1;");
    shell.run("migrate", "--environment", "test");
    database.execute(
        "insert into migration_history (action, status, error_message, executed_by, environment)"
            + " values ('preflight', 'failed', 'a long transaction', 'ada', 'test')");
    assertThat(shell.run("history").out()).contains(" preflight: a long transaction");
  }

  @Test
  void aMisspeltVerbInTheFileIsProposed() throws IOException {
    Files.writeString(folder.resolve("migrator.toml"), "[migrat]\nlog-dir = \"x\"\n");
    shell.in(folder);
    assertThat(refusal(5, "status")).contains("Next: did you mean migrate?");
  }

  @Test
  void helpIsAVerbToo() {
    CommandRun help = new Shell(folder).runExactly(List.of("help", "status"));
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("migrator status [options]");
    assertThat(new Shell(folder).runExactly(List.of("help")).out())
        .startsWith("migrator <verb> [options]")
        .contains("First steps");
  }

  @Test
  void aStreamThatTakesNoMoreIsNoticedUnlessItsReaderHasSeenEnough() {
    assertThat(ConsoleStream.lost(printed("No space left on device")))
        .hasMessage("No space left on device");
    assertThat(ConsoleStream.lost(printed("Broken pipe"))).isNull();
    assertThat(ConsoleStream.lost(printed("Datenübergabe unterbrochen (broken pipe)")))
        .isNull();
    ConsoleStream fine = ConsoleStream.over(OutputStream.nullOutputStream());
    fine.println("a result");
    assertThat(ConsoleStream.lost(fine)).isNull();
  }

  @Test
  void aResultThatGotNowhereIsAFailureWhereItWasAllThatWasAskedFor() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(
        printed("No space left on device"),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        InputStream.nullInputStream(),
        Map.of(),
        folder);
    assertThat(MigratorCommand.run(List.of("help", "status"), console)).isEqualTo(5);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("The result could not be written to standard output: No space left on device.");
  }

  private static ConsoleStream printed(String refusal) {
    ConsoleStream stream = ConsoleStream.over(new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(refusal);
      }
    });
    stream.println("a result");
    return stream;
  }

  private String refusal(int exitCode, String... arguments) {
    CommandRun run = shell.run(arguments);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
    return run.err();
  }
}
