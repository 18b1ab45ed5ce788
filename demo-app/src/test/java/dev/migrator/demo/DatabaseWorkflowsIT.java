package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PgDump;
import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of {@code docs/ci/db-staging.yml} and {@code docs/ci/db-prod.yml}, run on a real server. */
@PostgresTest
@RequiresProgram("git")
class DatabaseWorkflowsIT {
  private static final String PRODUCTION = "db-prod.yml";

  @TempDir
  Path checkout;

  @Test
  void a_push_to_staging_that_changes_a_migration_migrates(TestDatabase database) throws Exception {
    WorkflowRun run = staging(database);
    String before = commit("first");
    Files.writeString(run.scripts().resolve("0012_more.sql"), "CREATE TABLE more (id int);");
    Files.writeString(run.scripts().resolve("0012_more_rollback.sql"), "DROP TABLE more;");
    push(run, before, commit("second"));
    assertThat(run.run("migrate"))
        .isEqualTo(Map.of(
            "Changes",
            0,
            "Safety",
            0,
            "Plan",
            0,
            "Apply",
            0,
            "Check",
            0,
            "Smoke test",
            0,
            "Summary",
            0));
    assertThat(run.summary())
        .contains("### Staging database", "12 migrations would run", "12 applied.");
    assertThat(artifacts("staging"))
        .contains(
            "plan.txt", "report.json", "schema-before.json", "schema-after.json", "verify.html");
    assertThat(database.value("select to_regclass('more')")).isEqualTo("more");
  }

  @Test
  void a_push_to_staging_without_a_migration_does_nothing(TestDatabase database) throws Exception {
    WorkflowRun run = staging(database);
    String before = commit("first");
    Files.writeString(checkout.resolve("README.md"), "other");
    push(run, before, commit("second"));
    assertThat(run.run("migrate")).isEqualTo(Map.of("Changes", 0));
    assertThat(run.summary()).isEqualTo("No migration changed.\n");
    push(run, "0000000000000000000000000000000000000000", before);
    assertThat(run.run("migrate")).hasSize(7).containsEntry("Check", 0);
  }

  @Test
  void a_failure_on_staging_tells_what_to_do(TestDatabase database) throws Exception {
    WorkflowRun run = staging(database);
    database.execute("create table quotes (other int)");
    push(run, "none", commit("first"));
    assertThat(run.run("migrate"))
        .containsEntry("Apply", 2)
        .containsEntry("Rollback instructions", 0);
    assertThat(run.summary()).contains("### It failed: what now", "migrator rollback --dry-run");
  }

  @Test
  void a_tag_on_the_main_branch_migrates_production_and_is_released(TestDatabase database)
      throws Exception {
    WorkflowRun run = tagged(database, "v1.2.3");
    assertThat(run.run("admit")).isEqualTo(Map.of("Mode", 0, "Tag", 0));
    Map<String, Integer> steps = run.run("migrate");
    assertThat(steps.keySet())
        .containsExactly(
            "Health",
            "Backup marker",
            "Dry run",
            "Review window",
            "Apply",
            "Check",
            "Smoke test",
            "Release note");
    assertThat(steps.values()).as(steps.toString()).containsOnly(0);
    assertThat(Files.readString(checkout.resolve("production/backup-marker.txt")))
        .containsPattern("release v1.2.3\ncommit [0-9a-f]{40}\nbefore 20[0-9-]+T[0-9:]+Z\n");
    assertThat(Files.readString(checkout.resolve("slept"))).isEqualTo("30\n");
    assertThat(Files.readString(checkout.resolve("released")))
        .isEqualTo(
            "release create v1.2.3 --verify-tag --title v1.2.3 --notes-file production/release-note.md\n");
    assertThat(Files.readString(checkout.resolve("production/release-note.md")))
        .contains("11 migrations would run", "**0001 create\\_customers**");
    assertThat(database.value("select count(*) from schema_migrations where status = 'completed'"))
        .isEqualTo("11");
    assertThat(database.value("select distinct environment from migration_history"))
        .isEqualTo("production");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.2", "v1.2.3-rc1", "version"})
  void what_is_no_release_is_not_admitted(String tag, TestDatabase database) throws Exception {
    WorkflowRun run = tagged(database, tag);
    assertThat(run.run("admit")).isEqualTo(Map.of("Mode", 0, "Tag", 1));
    assertThat(run.summary()).contains(tag + " is no release");
  }

  @Test
  void a_tag_beside_the_main_branch_is_not_admitted(TestDatabase database) throws Exception {
    WorkflowRun run = tagged(database, "v1.2.3");
    git("checkout", "--quiet", "-b", "beside");
    Files.writeString(checkout.resolve("README.md"), "other");
    run.variable("GITHUB_SHA", commit("beside"));
    assertThat(run.run("admit")).containsEntry("Tag", 1);
    assertThat(run.summary()).contains("v1.2.3 is not on main.");
  }

  @Test
  void by_hand_it_is_a_dry_run_unless_the_phrase_is_typed(TestDatabase database) throws Exception {
    WorkflowRun run = tagged(database, "main")
        .with("github.event_name", "workflow_dispatch")
        .with("inputs.dry_run", "true");
    assertThat(run.run("admit")).isEqualTo(Map.of("Mode", 0));
    assertThat(run.run("migrate")).isEqualTo(Map.of("Health", 0, "Dry run", 0));
    assertThat(run.summary()).contains("### What will run", "11 migrations would run");
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");

    run.with("inputs.dry_run", "false").with("inputs.phrase", "migrate production");
    assertThat(run.run("admit")).isEqualTo(Map.of("Mode", 1));
    run.with("inputs.phrase", "MIGRATE-PRODUCTION");
    assertThat(run.run("admit")).isEqualTo(Map.of("Mode", 0));
    assertThat(run.run("migrate")).containsEntry("Apply", 0).doesNotContainKey("Release note");
  }

  @Test
  void another_plan_than_the_reviewed_one_does_not_run(TestDatabase database) throws Exception {
    WorkflowRun run = tagged(database, "v1.2.3");
    run.program("sleep", "echo 'SELECT 1;' > " + run.scripts().resolve("0012_late.sql"));
    run.run("admit");
    assertThat(run.run("migrate"))
        .containsEntry("Review window", 1)
        .containsEntry("Rollback instructions", 0)
        .doesNotContainKey("Apply");
    assertThat(run.summary()).contains("The plan is another one");
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
  }

  @Test
  void a_failure_in_production_tells_how_to_go_back(TestDatabase database) throws Exception {
    WorkflowRun run = tagged(database, "v1.2.3");
    database.execute("create table quotes (other int)");
    run.run("admit");
    assertThat(run.run("migrate"))
        .containsEntry("Apply", 2)
        .containsEntry("Rollback instructions", 0);
    assertThat(run.summary())
        .contains("CONFIRM_PRODUCTION_MIGRATION=true migrator rollback --environment production");
  }

  @Test
  void every_action_is_pinned() throws IOException {
    for (String file : List.of("db-staging.yml", PRODUCTION, "migrations.yml")) {
      assertThat(Files.readAllLines(Path.of("../docs/ci", file)))
          .filteredOn(line -> line.contains("uses:"))
          .isNotEmpty()
          .allMatch(line -> line.matches(".*uses: actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+"));
    }
  }

  private WorkflowRun staging(TestDatabase database) throws Exception {
    return on(WorkflowRun.of("db-staging.yml", checkout), database)
        .with("secrets.STAGING_DATABASE_URL", WorkflowRun.url(database));
  }

  private WorkflowRun tagged(TestDatabase database, String tag) throws Exception {
    WorkflowRun run = on(WorkflowRun.of(PRODUCTION, checkout), database)
        .with("secrets.PROD_DATABASE_URL", WorkflowRun.url(database))
        .with("github.event_name", "push")
        .with("github.token", "none")
        .with("inputs.dry_run", "")
        .with("inputs.phrase", "")
        .variable("GITHUB_REF_NAME", tag)
        .variable("MAIN", "main")
        .program("sleep", "echo \"$@\" >> slept")
        .program("gh", "case \"$*\" in *view*) exit 1 ;; *) echo \"$@\" >> released ;; esac");
    return run.variable("GITHUB_SHA", commit("release"));
  }

  private WorkflowRun on(WorkflowRun run, TestDatabase database) throws Exception {
    git("init", "--quiet", "--initial-branch=main");
    if (PgDump.find(PostgresServer.shared().version().major()).isEmpty()) {
      run.variable("MIGRATOR_BACKUP", "off");
    }
    return run.variable("SERVER", WorkflowRun.url(database))
        .variable("PGPASSWORD", database.password());
  }

  private static void push(WorkflowRun run, String before, String after) {
    run.with("github.event.before", before).variable("GITHUB_SHA", after);
  }

  private String commit(String message) throws Exception {
    git("add", "src", "README.md");
    git("commit", "--quiet", "--message", message);
    return git("rev-parse", "HEAD").strip();
  }

  private String git(String... arguments) throws Exception {
    if (!Files.exists(checkout.resolve("README.md"))) {
      Files.writeString(checkout.resolve("README.md"), "shop");
    }
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=ada", "-c", "user.email=ada@example.org"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command)
        .directory(checkout.toFile())
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private List<String> artifacts(String folder) throws IOException {
    try (Stream<Path> files = Files.list(checkout.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
