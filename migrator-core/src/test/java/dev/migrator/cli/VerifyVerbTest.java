package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb that proves down scripts. */
@Tag("any-server")
@PostgresTest
class VerifyVerbTest {

  @TempDir
  Path folder;

  @TempDir
  Path reports;

  private TestDatabase database;
  private Shell shell;

  @BeforeEach
  void twoMigrations(TestDatabase fresh) {
    database = fresh;
    shell = new Shell(folder, fresh)
        .script("0001_people.sql", "CREATE TABLE people (id int PRIMARY KEY);")
        .script("0001_people_rollback.sql", "DROP TABLE people;")
        .script("0002_note.sql", "ALTER TABLE people ADD COLUMN note text;")
        .script("0002_note_rollback.sql", "ALTER TABLE people DROP COLUMN note;");
  }

  @Test
  void whatPassesEndsWithZeroAndLeavesTheDatabaseAlone() {
    CommandRun run = verify();
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .containsPattern("0001 +people +exact")
        .containsPattern("0002 +note +exact")
        .contains("Passed: 2 exact (");
    assertThat(run.err())
        .contains(
            "Verifying 2 migrations on ", "  1/2 0001 people: exact (", "  2/2 0002 note: exact (");
    assertThat(database.query(
            "select 1 from pg_class where relname in ('people', 'schema_migrations')"))
        .isEmpty();
    assertThat(database.query(
            "select datname from pg_database where datname like 'migrator_scratch%' and datname like '%' || ?",
            database.name()))
        .isEmpty();
  }

  @Test
  void aDownScriptThatRestoresSomethingElseEndsWithFour() {
    shell.script("0002_note_rollback.sql", "SELECT 1;");
    CommandRun run = verify();
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out())
        .contains("0002 note: differs", "+ column note", "Not passed: 1 exact, 1 differs");
  }

  @Test
  void aScriptThatFailsEndsWithTwo() {
    shell.script("0002_note.sql", "ALTER TABLE peeple ADD COLUMN note text;");
    CommandRun run = verify();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("0002 note: up fails", "peeple");
  }

  @Test
  void theReportsAreWrittenAlsoWhenItDoesNotPass() throws IOException {
    shell.script("0002_note_rollback.sql", "SELECT 1;");
    CommandRun run = verify(
        "--json",
        "--report-html",
        reports.resolve("new/page.html").toString(),
        "--report-junit",
        reports.resolve("junit.xml").toString(),
        "--report-markdown",
        reports.resolve("summary.md").toString());
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(database.value("select ?::jsonb ->> 'code'", run.out()))
        .isEqualTo("ROLLBACK_UNPROVED");
    assertThat(Files.readString(reports.resolve("new/page.html"))).startsWith("<!DOCTYPE html>");
    assertThat(Files.readString(reports.resolve("junit.xml")))
        .contains("<testcase name=\"0002 note\"");
    assertThat(Files.readString(reports.resolve("summary.md")))
        .startsWith("### Migrations: not passed\n");
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeTheWork() {
    CommandRun run = verify("--report-html", folder.toString());
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err())
        .contains("the report " + folder + " cannot be written")
        .doesNotContain("Verifying");
  }

  @Test
  void whichMigrationsMustHaveADownScriptIsSaid() throws IOException {
    Files.delete(folder.resolve("0001_people_rollback.sql"));
    assertThat(verify().exitCode()).isEqualTo(4);
    assertThat(verify("--rollback-from", "0002").out()).contains("Passed: 1 exact, 1 legacy");
    assertThat(verify("--rollback-for", "0002*").exitCode()).isZero();
    assertThat(verify("--rollback-optional").exitCode()).isZero();
    CommandRun two = verify("--rollback-optional", "--rollback-from", "0002");
    assertThat(two.exitCode()).isEqualTo(5);
    assertThat(two.err()).contains("--rollback-from and --rollback-optional exclude each other");
  }

  @Test
  void seedsRunBehindTheirVersion() throws IOException {
    Path seed = Files.writeString(reports.resolve("seed.sql"), "INSERT INTO people VALUES (1);");
    shell.script("0002_note.sql", "INSERT INTO people SELECT 100 / count(*) FROM people;");
    shell.script("0002_note_rollback.sql", "DELETE FROM people WHERE id = 100;");
    assertThat(verify().out()).contains("0002 note: up fails");
    CommandRun run = verify("--seed", "0001=" + seed);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(verify("--seed", "0001=" + reports.resolve("none.sql")).err())
        .contains("none.sql cannot be read");
    assertThat(verify("--seed", "0001").err()).contains("write version=file");
  }

  @Test
  void whatOthersWouldNoticeIsRefusedOnTheirServer() {
    shell.script("0003_role.sql", "CREATE ROLE migrator_verify_verb_test;");
    shell.script("0003_role_rollback.sql", "DROP ROLE migrator_verify_verb_test;");
    CommandRun run = verify();
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("[SCRIPT_REFUSED]", "--allow-outside-effects");
  }

  @Test
  void aServerThatCannotBeUnderstoodIsRefusedWithoutRepeatingIt() {
    CommandRun run =
        shell.runExactly(List.of("verify", "--server", "mysql://ada:secret@host/shop"));
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.all()).contains("--server cannot be used").doesNotContain("secret");
  }

  private CommandRun verify(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("verify", "--server", database.jdbcUrl(), "--rows", "off"));
    arguments.addAll(List.of("--location", folder.toString()));
    arguments.addAll(List.of(options));
    return shell.runExactly(arguments);
  }
}
