package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb and the options that are its own, against a real server. */
@PostgresTest
class VerbsTest {

  @TempDir
  Path folder;

  private TestDatabase database;
  private Shell shell;

  @BeforeEach
  void threeMigrations(TestDatabase fresh) {
    database = fresh;
    shell = new Shell(folder, fresh)
        .script("01_people.sql", "create table people (id int primary key);")
        .script("01_people_rollback.sql", "drop table people;")
        .script("02_names.sql", "alter table people add column name text;")
        .script("02_names_rollback.sql", "alter table people drop column name;")
        .script("03_towns.sql", "create table towns (id int primary key);")
        .script("03_towns_rollback.sql", "drop table towns;");
  }

  @Test
  void migrateAppliesEverythingOnce() {
    CommandRun first = shell.run("migrate");
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).contains("01", "people", "applied").contains("3 migrations applied");
    assertThat(first.err()).isEmpty();
    assertThat(applied()).containsExactly("01", "02", "03");

    CommandRun second = shell.run("migrate");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).startsWith("Up to date: nothing to apply");
  }

  @Test
  void migrateGoesAsFarAsItIsTold() {
    assertThat(shell.run("migrate", "--steps", "1").exitCode()).isZero();
    assertThat(applied()).containsExactly("01");
    assertThat(shell.run("migrate", "--target=2").exitCode()).isZero();
    assertThat(applied()).containsExactly("01", "02");
    assertThat(shell.run("migrate", "--version", "03").exitCode()).isZero();
    assertThat(applied()).containsExactly("01", "02", "03");
  }

  @Test
  void oneVersionAloneDoesNotLeaveEarlierOnesBehind() {
    CommandRun run = shell.run("migrate", "--version", "02");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("VALIDATION_FAILED", "01 people");
    assertThat(
            shell.run("migrate", "--version", "02", "--out-of-order", "apply").err())
        .contains("MIGRATION_FAILED", "\"people\" does not exist");
    assertThat(
            shell.run("migrate", "--version", "03", "--out-of-order", "apply").exitCode())
        .isZero();
    assertThat(applied()).containsExactly("03");
  }

  @Test
  void aDryRunAndAPlanChangeNothing() {
    CommandRun plan = shell.run("plan", "--target", "02");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out()).contains("2 migrations would run; nothing was changed");
    assertThat(shell.run("migrate", "--dry-run", "--target", "02").out())
        .startsWith(plan.out())
        .contains("Nothing was run: no throw-away server was named");
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
  }

  @Test
  void statusListsEveryMigration() {
    shell.run("migrate", "--steps", "2");
    CommandRun run = shell.run("status");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().filter(l -> l.startsWith("  0")).map(l -> l.split(" +")[3]))
        .containsExactly("applied", "applied", "pending");
    assertThat(run.out()).endsWith("schema public: 1 pending, 2 applied.\n");
  }

  @Test
  void validateTellsByItsExitCode() {
    shell.run("migrate");
    assertThat(shell.run("validate").exitCode()).isZero();
    shell.script("02_names.sql", "alter table people add column name varchar;");
    CommandRun run = shell.run("validate");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("02 names: 02_names.sql was edited")
        .endsWith("disagrees with the database.\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void rollbackUndoesTheLatestUnlessToldOtherwise() {
    shell.run("migrate");
    CommandRun dry = shell.run("rollback", "--dry-run", "--all");
    assertThat(dry.out()).contains("3 migrations would be rolled back; nothing was changed");
    assertThat(applied()).hasSize(3);

    CommandRun run = shell.run("rollback");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("03", "towns", "1 migration rolled back");
    assertThat(applied()).containsExactly("01", "02");
    assertThat(shell.run("rollback", "--target", "01").exitCode()).isZero();
    assertThat(applied()).containsExactly("01");
    shell.run("migrate");
    assertThat(shell.run("rollback", "--steps", "2").exitCode()).isZero();
    assertThat(applied()).containsExactly("01");
    assertThat(shell.run("rollback", "--all").exitCode()).isZero();
    assertThat(applied()).isEmpty();
    assertThat(shell.run("rollback").out()).startsWith("Nothing to roll back");
  }

  @Test
  void baselineDeclaresWhatWasThereBefore() {
    CommandRun run = shell.run("baseline", "--version", "02");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Baseline set");
    assertThat(shell.run("baseline", "--version", "02").out()).contains("is set already");
    assertThat(shell.run("plan").out()).contains("03").contains("1 migration would run");
    assertThat(shell.run("baseline", "--version", "03").exitCode()).isEqualTo(5);
  }

  @Test
  void repairAcceptsAnEditedScript() {
    shell.run("migrate");
    assertThat(shell.run("repair").out()).startsWith("Nothing to repair");
    shell.script("02_names.sql", "alter table people add column name varchar;");
    assertThat(shell.run("migrate").exitCode()).isEqualTo(1);
    CommandRun run = shell.run("repair");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("accepted the present content of 02_names.sql");
    assertThat(shell.run("migrate").exitCode()).isZero();
  }

  @Test
  void repairSettlesAStatementOfWhichNobodyCanTell() {
    shell.script(
        "04_batch.sql",
        "-- migrator: transaction=off\nselect 1;\ndo $$ begin commit; perform 1 / (select count(*) from people); end $$;");
    assertThat(shell.run("migrate").err())
        .contains("repair --version 04 --statement done", "repair --version 04 --statement again");
    CommandRun stopped = shell.run("validate");
    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.all()).contains("whether statement 2 at", "04_batch.sql:3:1");
    assertThat(shell.run("repair", "--version", "04").exitCode()).isEqualTo(5);
    assertThat(shell.run("repair", "--statement", "done").exitCode()).isEqualTo(5);
    assertThat(shell
            .run("repair", "--version", "04", "--statement", "done", "--reapply", "04")
            .exitCode())
        .isEqualTo(5);
    assertThat(shell.run("repair", "--version", "02", "--statement", "done").exitCode())
        .isEqualTo(5);
    CommandRun again = shell.run("repair", "--version", "04", "--statement", "again");
    assertThat(again.out()).contains("statement 2 counts as not done");
    assertThat(shell.run("status").out())
        .contains("partially applied", "it resumes at statement 2 of 2");
    assertThat(shell.run("migrate").exitCode()).isEqualTo(2);
    CommandRun done = shell.run("repair", "--version", "4", "--statement", "done");
    assertThat(done.exitCode()).as(done.all()).isZero();
    assertThat(shell.run("migrate").out()).contains("resumed behind its last statement");
  }

  @Test
  void repairReappliesOneVersion() {
    shell.script("04_view.sql", "create or replace view names as select name from people;");
    shell.run("migrate");
    shell.script("04_view.sql", "create or replace view names as select name, id from people;");
    CommandRun run = shell.run("repair", "--reapply", "04");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("1 migration applied again");
    assertThat(database.query("select name, id from names")).isEmpty();
    assertThat(shell.run("repair", "--reapply", "4", "--environment", "staging").exitCode())
        .isEqualTo(5);
  }

  @Test
  void jsonIsOneDocumentOfTheVerbsReport() {
    assertThat(json("migrate", "type", "steps")).isEqualTo("report 3");
    assertThat(json("status", "type", "migrations")).isEqualTo("status 3");
    assertThat(json("validate", "type", "pending")).isEqualTo("validation 0");
    assertThat(json("rollback", "action", "steps")).isEqualTo("rollback 1");
    assertThat(json("plan", "type", "steps")).isEqualTo("plan 1");
    assertThat(json("repair", "action", "steps")).isEqualTo("repair 0");
  }

  private String json(String verb, String key, String list) {
    CommandRun run = shell.run(verb, "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return database.value(
        "select d ->> ? || ' ' || jsonb_array_length(d -> ?) from (select ?::jsonb d) x",
        key,
        list,
        run.out());
  }

  private List<String> applied() {
    return database
        .query(
            "select version from schema_migrations where status = 'completed' order by applied_rank")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }
}
