package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code snapshot}, {@code drift} and {@code diff}: what they print, and their exit codes. */
@PostgresTest
class SchemaVerbsTest {

  @TempDir
  Path folder;

  @TempDir
  Path files;

  private TestDatabase database;
  private Shell shell;

  @BeforeEach
  void migrate(TestDatabase given) {
    database = given;
    shell = new Shell(folder, given)
        .script("0001_people.sql", "create table people (id int primary key, name text);");
    assertThat(shell.run("migrate").exitCode()).isZero();
  }

  @Test
  void aSnapshotIsAFileThatCanBeCheckedLater() throws IOException {
    CommandRun printed = shell.run("snapshot");
    assertThat(printed.exitCode()).isZero();
    Path file = Files.writeString(files.resolve("schema.json"), printed.out());
    assertThat(shell.run("snapshot", "--check", file.toString()).exitCode()).isZero();
    database.execute("alter table people add column born date");
    CommandRun check = shell.run("snapshot", "--check", file.toString());
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out()).contains("+ column born", "differs from the snapshot in " + file);
    assertThat(shell.run("drift", "--against", file.toString(), "--json").out())
        .contains("\"drifted\": true", "\"name\": \"born\"");
  }

  @Test
  void aSnapshotIsCheckedByWhatQueriesNotice() throws IOException {
    Path file =
        Files.writeString(files.resolve("schema.json"), shell.run("snapshot").out());
    database.execute("alter table people owner to pg_database_owner");
    assertThat(shell.run("snapshot", "--check", file.toString()).exitCode()).isZero();
    CommandRun strict = shell.run("snapshot", "--check", file.toString(), "--flavour", "strict");
    assertThat(strict.exitCode()).isEqualTo(1);
    assertThat(strict.out()).contains("owner");
  }

  @Test
  void aReplayOnAServerOfItsOwnHasTheRolesThatScriptsName() {
    String role = "reader_" + database.name();
    database.execute("create role \"" + role + "\"");
    try {
      shell.script("0002_grant.sql", "grant select on people to \"" + role + "\";");
      assertThat(shell.run("migrate").exitCode()).isZero();
      CommandRun run = shell.run("drift", "--against", "replay", "--server", "embedded");
      assertThat(run.exitCode()).as(run.all()).isZero();
    } finally {
      database.execute("drop owned by \"" + role + "\"");
      database.execute("drop role \"" + role + "\"");
    }
  }

  @Test
  void aSnapshotThatCannotBeReadIsRefused() throws IOException {
    Path file = Files.writeString(files.resolve("schema.json"), "{\"type\": \"plan\"}");
    for (String name : new String[] {file.toString(), files.resolve("none.json").toString()}) {
      CommandRun run = shell.run("snapshot", "--check", name);
      assertThat(run.exitCode()).as(run.all()).isEqualTo(5);
      assertThat(run.err()).contains("[SNAPSHOT_UNREADABLE]", name);
    }
  }

  @Test
  void withoutAKeptSnapshotDriftSaysHowToLearnMore() {
    database.execute("create index on people (name)");
    CommandRun run = shell.run("drift");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("Only the fingerprint was recorded", "--against replay");
  }

  @Test
  void aDesiredSchemaIsAScript() throws IOException {
    Path script = Files.writeString(
        files.resolve("schema.sql"), "create table people (id int primary key, name varchar);");
    CommandRun run = shell.run("drift", "--against", script.toString(), "--server", "embedded");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(1);
    assertThat(run.out()).contains("type: character varying -> text");
  }

  @Test
  void runsRefuseOrIgnoreDriftWhenTold() {
    database.execute("create index on people (name)");
    shell.script("0002_more.sql", "create table more (id int);");
    CommandRun refused = shell.run("migrate", "--on-drift", "refuse");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("[SCHEMA_DRIFTED]");
    assertThat(database.value("select to_regclass('more')")).isEqualTo("NULL");
    CommandRun ignored = shell.run("migrate", "--on-drift", "ignore");
    assertThat(ignored.exitCode()).isZero();
    assertThat(ignored.all()).doesNotContainIgnoringCase("drift");
  }

  @Test
  void aDiffNeedsAnotherDatabase() {
    CommandRun none = shell.run("diff");
    assertThat(none.exitCode()).isEqualTo(5);
    assertThat(none.err()).contains("--with");
    CommandRun wrong = shell.run("diff", "--with", "mysql://ada:secret@host/shop");
    assertThat(wrong.exitCode()).isEqualTo(5);
    assertThat(wrong.all()).contains("--with cannot be used").doesNotContain("secret");
  }
}
