package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dry-run}, {@code migrate --dry-run}, and what confirms a plan: what they print, and their exit codes. */
@PostgresTest
class DryRunVerbTest {

  private static final Pattern DIGEST = Pattern.compile("Digest: ([0-9a-f]{64})");

  @TempDir
  Path folder;

  private TestDatabase database;
  private Shell shell;

  @BeforeEach
  void oneMigration(TestDatabase given) {
    database = given;
    shell = new Shell(folder, given)
        .script("0001_people.sql", "create table people (id serial primary key, name text);");
  }

  private void requireUntouched() {
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
  }

  @Test
  void aDryRunThatPassesIsToldWithItsPlanAndItsTrace() {
    CommandRun run = shell.run("dry-run", "--server", database.jdbcUrl());
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains(
            "1 migration would run",
            "Digest: ",
            "0001 people (",
            "Dry run passed: nothing was changed.");
    assertThat(shell.run("migrate", "--dry-run", "--server", database.jdbcUrl()).out())
        .contains("Dry run passed");
    requireUntouched();
  }

  @Test
  void aDryRunThatFailsEndsWithTheExitCodeOfTheRun() {
    shell.script("0002_wrong.sql", "alter table people drop column nothing;");
    for (String[] place :
        new String[][] {{"dry-run", "--server", database.jdbcUrl()}, {"dry-run", "--in-database"}
        }) {
      CommandRun run = shell.run(place);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out())
          .contains("0002_wrong.sql:1:1", "Dry run failed: the run would fail at 0002 wrong.");
    }
    CommandRun json = shell.run("dry-run", "--in-database", "--json");
    assertThat(json.exitCode()).isEqualTo(2);
    assertThat(json.out())
        .contains("\"type\": \"dry_run\"", "\"passed\": false", "\"exitCode\": 2");
    requireUntouched();
  }

  @Test
  void aRollbackIsTriedWhereAServerIsNamed() {
    shell.script("0001_people_rollback.sql", "drop table people;");
    shell.run("migrate");
    CommandRun run = shell.run("rollback", "--dry-run", "--server", database.jdbcUrl());
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains(
            "1 migration would be rolled back",
            "drop table people",
            "Dry run passed: nothing was changed.");
    assertThat(shell.run("rollback", "--dry-run").out())
        .contains("1 migration would be rolled back", "Nothing was run:");
    assertThat(database.value("select to_regclass('people')")).isEqualTo("people");
  }

  @Test
  void aRollbackThatFailsThereEndsWithTheExitCodeOfTheRollback() {
    shell.script("0001_people_rollback.sql", "drop table people; drop table nothing;");
    shell.run("migrate");
    CommandRun run = shell.run("rollback", "--dry-run", "--server", database.jdbcUrl());
    assertThat(run.exitCode()).as(run.all()).isEqualTo(4);
    assertThat(run.out())
        .contains(
            "0001_people_rollback.sql:1:20", "Dry run failed: the run would fail at 0001 people.");
    assertThat(database.value("select to_regclass('people')")).isEqualTo("people");
  }

  @Test
  void withoutAServerTheRunIsOnlyShown() {
    CommandRun run = shell.run("migrate", "--dry-run");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("1 migration would run", "Nothing was run:");
    requireUntouched();
  }

  @Test
  void optionsThatMakeNoSenseTogetherAreRefused() {
    assertThat(shell.run("migrate", "--sample-rows", "3").err())
        .contains("--sample-rows belongs to --dry-run");
    assertThat(shell.run("migrate", "--in-database").exitCode()).isEqualTo(5);
    assertThat(shell.run("dry-run", "--in-database", "--sample-rows", "3").err())
        .contains("--in-database needs neither");
    assertThat(shell.run("dry-run", "--sample-rows", "many").exitCode()).isEqualTo(5);
    requireUntouched();
  }

  @Test
  void aDigestConfirmsItsPlanAndNoOther() {
    shell.variable("MIGRATOR_ENVIRONMENT", "production").variable("MIGRATOR_BACKUP", "off");
    Matcher digest = DIGEST.matcher(shell.run("plan").out());
    assertThat(digest.find()).isTrue();
    CommandRun refused = shell.run(
        "migrate",
        "--environment",
        "production",
        "--backup",
        "off",
        "--confirm-plan",
        "0".repeat(64));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("confirmed " + "0".repeat(64), "would run " + digest.group(1));
    requireUntouched();
    CommandRun run = shell.run(
        "migrate",
        "--environment",
        "production",
        "--backup",
        "off",
        "--confirm-plan",
        digest.group(1));
    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  @Test
  void thePhraseMayBeAskedFor() {
    shell.variable("MIGRATOR_BACKUP", "off");
    CommandRun refused = shell.run(
        "migrate",
        "--environment",
        "production",
        "--backup",
        "off",
        "--confirm-production",
        "--require-phrase");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("--confirm-phrase MIGRATE-PRODUCTION");
    CommandRun run = shell.run(
        "migrate",
        "--environment",
        "production",
        "--backup",
        "off",
        "--require-phrase",
        "--confirm-phrase",
        "MIGRATE-PRODUCTION");
    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  @Test
  void thePlanIsShownBeforeItRuns() {
    CommandRun run = shell.run("migrate", "--review-window", "1s");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("1 migration would run", "It begins in 1 s; Ctrl-C stops it");
    assertThat(run.out()).contains("1 migration applied");
  }

  @Test
  void aRunMayHaveToPassADryRunFirst() {
    shell.script("0002_wrong.sql", "alter table people drop column nothing;");
    CommandRun run = shell.run("migrate", "--require-dry-run", "--server", database.jdbcUrl());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("DRY_RUN_FAILED", "0002_wrong.sql:1:1");
    requireUntouched();
  }
}
