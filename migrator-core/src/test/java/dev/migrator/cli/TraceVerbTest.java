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

/** {@code trace}: what it prints, and its exit codes. */
@PostgresTest
class TraceVerbTest {

  @TempDir
  Path folder;

  private TestDatabase database;
  private Shell shell;

  @BeforeEach
  void twoMigrations(TestDatabase given) {
    database = given;
    shell = new Shell(folder, given)
        .script("0001_people.sql", "create table people (id int primary key, name text);")
        .script("0002_born.sql", "alter table people alter name set not null;");
  }

  private CommandRun trace(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "trace";
    all[1] = "--server";
    all[2] = database.jdbcUrl();
    System.arraycopy(more, 0, all, 3, more.length);
    return shell.run(all);
  }

  @Test
  void whatIsPendingIsTraced() {
    assertThat(shell.run("migrate", "--target", "0001").exitCode()).isZero();
    CommandRun run = trace();
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains(
            "0002 born",
            "locks: ACCESS EXCLUSIVE on public.people",
            "scans: public.people",
            "1 migration traced on a replay of 1 applied migration")
        .doesNotContain("0001 people");
    assertThat(shell.run("status").out()).contains("1 pending, 1 applied");
  }

  @Test
  void everythingIsTracedWithoutADatabase() {
    shell.without("DATABASE_URL");
    CommandRun run = trace("--all", "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains(
            "\"type\": \"trace\"",
            "\"manner\": \"inside\"",
            "\"mode\": \"access_exclusive\"",
            "\"state\": \"an empty database\"");
    assertThat(database.value("select count(*) from pg_tables where schemaname = 'public'"))
        .isEqualTo("0");
  }

  @Test
  void aMigrationThatFailsEndsWithTheExitCodeOfTheRun() {
    shell.script("0003_wrong.sql", "alter table people drop column nothing;");
    CommandRun run = trace();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("failed: ", "0003_wrong.sql:1:1", "the last one failed");
    CommandRun json = trace("--json");
    assertThat(json.exitCode()).isEqualTo(2);
    assertThat(json.out()).contains("\"code\": \"MIGRATION_FAILED\"", "\"exitCode\": 2");
  }

  @Test
  void everythingAndATargetExcludeEachOther() {
    CommandRun run = trace("--all", "--target", "0001");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("--all and --target exclude each other");
  }

  @Test
  void aServerThatIsNotThereIsSaid() {
    CommandRun run = shell.run("trace", "--server", "postgresql://localhost:1/none");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(List.of(run.err().split("\n")).get(0)).contains("DATABASE_UNREACHABLE");
  }
}
