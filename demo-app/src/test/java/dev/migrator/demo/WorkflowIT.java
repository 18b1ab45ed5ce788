package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The steps of {@code docs/ci/migrations.yml}, run on the demo's migrations as the runner would: but for what is downloaded. */
@PostgresTest
class WorkflowIT {
  private static final Path WORKFLOW = Path.of("../docs/ci/migrations.yml");
  private static final Path MIGRATIONS = Path.of(System.getProperty("demo.migrations"));

  @TempDir
  Path checkout;

  private Map<?, ?> workflow = Map.of();
  private Path scripts = Path.of("");

  @BeforeEach
  void check_out() throws IOException {
    workflow = new Yaml().loadAs(Files.readString(WORKFLOW), Map.class);
    scripts = Files.createDirectories(
        checkout.resolve(in(in(workflow, "env"), "LOCATION").toString()));
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.toList()) {
        Files.copy(file, scripts.resolve(file.getFileName().toString()));
      }
    }
    Files.createSymbolicLink(
        checkout.resolve("migrator.jar"), Path.of(System.getProperty("cli.jar")).toAbsolutePath());
    Path gh = Files.writeString(Files.createDirectory(checkout.resolve("bin")).resolve("gh"), """
        #!/bin/sh
        case "$*" in
          *--paginate*) [ ! -f comment ] || echo 77 ;;
          *) echo "$@" >> comment ;;
        esac
        """);
    Files.setPosixFilePermissions(gh, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void the_demos_migrations_pass_and_the_artifacts_are_there(TestDatabase database)
      throws Exception {
    for (int push = 1; push <= 2; push++) {
      assertThat(run(database))
          .isEqualTo(Map.of("Files", 0, "Verify", 0, "Performance", 0, "Summary", 0, "Comment", 0));
    }
    assertThat(Files.readString(checkout.resolve("summary")))
        .startsWith("### Migrations: passed\n")
        .contains("| exact | 11 |");
    assertThat(Files.readString(checkout.resolve("comment"))).isEqualTo("""
            pr comment 12 --body-file migrations/comment.md
            api --method PATCH repos/shop/shop/issues/comments/77 -F body=@migrations/comment.md
            """);
    assertThat(Files.readString(checkout.resolve("migrations/comment.md")))
        .startsWith("<!-- migrations -->\n### Migrations: passed\n");
    try (Stream<Path> artifacts = Files.list(checkout.resolve("migrations"))) {
      assertThat(artifacts.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "report.html",
              "junit.xml",
              "summary.md",
              "changelog.md",
              "lint.txt",
              "trace.txt",
              "comment.md");
    }
    assertThat(Files.readString(checkout.resolve("migrations/changelog.md")))
        .contains(
            "## 2026-01-12\n",
            "- **0001 create\\_customers**: Whom we send quotes and invoices to\n");
  }

  @Test
  void a_down_script_that_forgets_something_fails_the_job_and_is_shown(TestDatabase database)
      throws Exception {
    Files.writeString(scripts.resolve("0007_search_and_reminders_rollback.sql"), "SELECT 1;");
    assertThat(run(database)).containsEntry("Verify", 4).containsEntry("Summary", 0);
    assertThat(Files.readString(checkout.resolve("summary")))
        .startsWith("### Migrations: not passed\n")
        .contains("<summary>0007 search_and_reminders: differs</summary>");
  }

  @Test
  void what_cannot_be_verified_is_said_in_the_summary(TestDatabase database) throws Exception {
    Files.writeString(scripts.resolve("0012_broken.sql"), "SELECT 'no end");
    assertThat(run(database))
        .containsEntry("Files", 1)
        .doesNotContainKey("Verify")
        .containsEntry("Summary", 0);
    assertThat(Files.readString(checkout.resolve("summary")))
        .startsWith("### Migrations: not verified\n");
  }

  @Test
  void every_action_is_pinned_and_every_step_knows_when_it_runs() {
    assertThat(steps())
        .filteredOn(step -> step.containsKey("uses"))
        .isNotEmpty()
        .allSatisfy(step ->
            assertThat(in(step, "uses").toString()).matches("actions/[a-z-]+@[0-9a-f]{40}"));
    assertThat(
            steps().stream().filter(step -> "Verify".equals(step.get("name"))).toList())
        .hasSize(1)
        .allSatisfy(step -> assertThat(step.containsKey("if")).isFalse());
  }

  /** The exit code of each step that runs a script, by its name; where one fails, those run that say so. */
  private Map<String, Integer> run(TestDatabase database) throws Exception {
    Map<String, Integer> exitCodes = new LinkedHashMap<>();
    for (Map<?, ?> step : steps()) {
      String name = String.valueOf(step.get("name"));
      if (step.containsKey("run") && !name.equals("Get Migrator")) {
        boolean goesOn = String.valueOf(step.get("if")).startsWith("always()");
        if (!goesOn && exitCodes.values().stream().anyMatch(code -> code != 0)) {
          continue;
        }
        exitCodes.put(name, run(name, in(step, "run").toString(), database));
      }
    }
    return exitCodes;
  }

  private int run(String name, String script, TestDatabase database) throws Exception {
    // GitHub runs a step's lines so.
    ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", script)
        .directory(checkout.toFile())
        .redirectErrorStream(true)
        .redirectOutput(checkout.resolve(name + ".log").toFile());
    Map<String, String> environment = builder.environment();
    environment.put("LOCATION", in(in(workflow, "env"), "LOCATION").toString());
    environment.put("SERVER", url(database));
    environment.put("PGPASSWORD", database.password());
    environment.put("GITHUB_STEP_SUMMARY", checkout.resolve("summary").toString());
    environment.put("PULL_REQUEST", "12");
    environment.put("GITHUB_REPOSITORY", "shop/shop");
    environment.put(
        "PATH",
        checkout.resolve("bin") + ":" + Path.of(System.getProperty("java.home"), "bin") + ":"
            + System.getenv("PATH"));
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(name).isTrue();
    return process.exitValue();
  }

  /** As the workflow writes it: the user in the URL, the password elsewhere. */
  private static String url(TestDatabase database) {
    URI jdbc = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    return "postgresql://" + database.user() + "@" + jdbc.getHost() + ":" + jdbc.getPort() + "/"
        + database.name();
  }

  private List<Map<?, ?>> steps() {
    return ((List<?>) in(in(in(workflow, "jobs"), "verify"), "steps"))
        .stream().<Map<?, ?>>map(step -> (Map<?, ?>) step).toList();
  }

  private static Object in(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }
}
