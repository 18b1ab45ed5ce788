package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb history on a real server. */
@PostgresTest
class HistoryVerbTest {

  @TempDir
  Path folder;

  private Shell shell;
  private TestDatabase database;

  @BeforeEach
  void twoMigrationsAndAFailure(TestDatabase fresh) {
    database = fresh;
    shell = new Shell(folder, fresh)
        .script("0001_people.sql", "create table people (id int primary key);")
        .script("0001_people_rollback.sql", "drop table people;")
        .script("0002_names.sql", "alter table nobody add column name text default 'x';");
  }

  @Test
  void tellsWhatWasDoneNewestFirstAndWhyWhatFailedDid() {
    shell.run("migrate", "--applied-by", "ada");
    CommandRun run = shell.run("history");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("apply", "0001", "people", "done", "ada", "test")
        .contains("0002 names failed: relation \"nobody\" does not exist");
    assertThat(run.out().indexOf("0002")).isLessThan(run.out().indexOf("0001"));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void showsOneMigrationOrTheLatestRowsOnly() {
    shell.run("migrate");
    shell.run("rollback");
    String one = shell.run("history", "--version", "1").out();
    assertThat(one).contains("rollback", "apply").doesNotContain("0002").contains("2 entries.\n");
    assertThat(shell.run("history", "--limit", "1").out())
        .contains(": 1 entry, and older ones (--limit).\n");
    assertThat(shell.run("history", "--limit", "0").exitCode()).isEqualTo(5);
    assertThat(shell.run("history", "--version", "9").out()).contains(": 0 entries.\n");
  }

  @Test
  void isADocumentForMachines() {
    shell.run("migrate");
    String json = shell.run("history", "--json", "--version", "0002").out();
    assertThat(database.value(
            "select (?::jsonb #>> '{entries,0,action}') || (?::jsonb #>> '{entries,0,successful}')",
            json,
            json))
        .isEqualTo("applyfalse");
  }

  @Test
  void writesNothingWhereNothingWasMigrated() {
    CommandRun run = shell.run("history");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("nothing was migrated yet").contains("0 entries.\n");
    assertThat(database.value("select to_regclass('migration_history')")).isEqualTo("NULL");
  }
}
