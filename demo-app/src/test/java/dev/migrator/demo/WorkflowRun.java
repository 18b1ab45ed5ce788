package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** A workflow of {@code docs/ci}, its steps run on the demo's migrations as the runner would: but for what is downloaded. */
final class WorkflowRun {
  private static final Path MIGRATIONS = Path.of(System.getProperty("demo.migrations"));
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *(.*?) *\\}\\}");
  private static final Pattern EQUALITY = Pattern.compile("(\\S+) == '?([^']*?)'?");

  private final Map<?, ?> workflow;
  private final Path checkout;
  private final Map<String, String> context = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();

  private WorkflowRun(Map<?, ?> workflow, Path checkout) {
    this.workflow = workflow;
    this.checkout = checkout;
  }

  /** The workflow of a file, in a folder that has the demo's migrations where it looks for them. */
  static WorkflowRun of(String file, Path checkout) throws IOException {
    Map<?, ?> workflow =
        new Yaml().loadAs(Files.readString(Path.of("../docs/ci", file)), Map.class);
    WorkflowRun run = new WorkflowRun(workflow, checkout);
    Files.createDirectories(run.scripts());
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path script : files.toList()) {
        Files.copy(script, run.scripts().resolve(script.getFileName().toString()));
      }
    }
    Files.createSymbolicLink(
        checkout.resolve("migrator.jar"), Path.of(System.getProperty("cli.jar")).toAbsolutePath());
    Files.createDirectory(checkout.resolve("bin"));
    return run;
  }

  /** Where the workflow looks for scripts. */
  Path scripts() {
    return checkout.resolve(in(in(workflow, "env"), "LOCATION").toString());
  }

  /** What an expression is. */
  WorkflowRun with(String expression, String value) {
    context.put(expression, value);
    return this;
  }

  /** What an environment variable is, also where the workflow says otherwise. */
  WorkflowRun variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** A program that is not there, or not what it is elsewhere. */
  WorkflowRun program(String name, String script) throws IOException {
    Path file =
        Files.writeString(checkout.resolve("bin").resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** The exit code of each step of a job that ran a script, by its name. */
  Map<String, Integer> run(String job) throws Exception {
    Map<String, Integer> exitCodes = new LinkedHashMap<>();
    boolean failed = false;
    for (Map<?, ?> step : steps(job)) {
      String name = String.valueOf(step.get("name"));
      if (step.containsKey("run") && !name.startsWith("Get ") && runs(step.get("if"), failed)) {
        int exitCode = run(name, step);
        exitCodes.put(name, exitCode);
        failed |= exitCode != 0;
        outputs(step.get("id"));
      }
    }
    outputsOf(job);
    return exitCodes;
  }

  /** What the steps wrote for people. */
  String summary() throws IOException {
    Path file = checkout.resolve("summary");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** What a step said. */
  String log(String step) throws IOException {
    return Files.readString(checkout.resolve(step + ".log"));
  }

  /** The steps of a job. */
  List<Map<?, ?>> steps(String job) {
    return ((List<?>) in(in(in(workflow, "jobs"), job), "steps"))
        .stream().<Map<?, ?>>map(step -> (Map<?, ?>) step).toList();
  }

  /** The database as a workflow's secret has it. */
  static String url(TestDatabase database) {
    URI jdbc = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    return "postgresql://" + database.user() + ":" + database.password() + "@" + jdbc.getHost()
        + ":" + jdbc.getPort() + "/" + database.name();
  }

  private boolean runs(@Nullable Object condition, boolean failed) {
    String text = condition == null ? "success()" : condition.toString();
    boolean anyway = text.contains("always()");
    if (text.contains("failure()") ? !failed : failed && !anyway) {
      return false;
    }
    for (String term : text.split(" && ")) {
      Matcher equality = EQUALITY.matcher(term);
      if (equality.matches() && !value(equality.group(1)).equals(known(equality.group(2)))) {
        return false;
      }
    }
    return true;
  }

  private String value(String expression) {
    return Objects.requireNonNull(
        context.get(expression), "nobody said what " + expression + " is");
  }

  private String known(String text) {
    return context.getOrDefault(text, text);
  }

  private int run(String name, Map<?, ?> step) throws Exception {
    // GitHub runs a step's lines so, with pipefail only where the shell is named.
    boolean named = workflow.containsKey("defaults");
    List<String> shell = named
        ? List.of("bash", "-eo", "pipefail", "-c", in(step, "run").toString())
        : List.of("bash", "-e", "-c", in(step, "run").toString());
    ProcessBuilder builder = new ProcessBuilder(shell)
        .directory(checkout.toFile())
        .redirectErrorStream(true)
        .redirectOutput(checkout.resolve(name + ".log").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(each -> each.matches("MIGRATOR_.*|DATABASE_URL|PG.*|NODE_ENV"));
    take(environment, in(workflow, "env"));
    environment.put("GITHUB_STEP_SUMMARY", checkout.resolve("summary").toString());
    environment.put("GITHUB_OUTPUT", checkout.resolve("output").toString());
    take(environment, step.get("env"));
    environment.putAll(variables);
    environment.put(
        "PATH",
        checkout.resolve("bin") + ":" + Path.of(System.getProperty("java.home"), "bin") + ":"
            + System.getenv("PATH"));
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(name).isTrue();
    return process.exitValue();
  }

  private void take(Map<String, String> environment, @Nullable Object block) {
    if (block instanceof Map<?, ?> values) {
      values.forEach((name, value) -> environment.put(
          name.toString(),
          EXPRESSION
              .matcher(String.valueOf(value))
              .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))))));
    }
  }

  /** What a step wrote for the steps behind it. */
  private void outputs(@Nullable Object id) throws IOException {
    Path file = checkout.resolve("output");
    if (id != null && Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        context.put(
            "steps." + id + ".outputs." + line.substring(0, equals), line.substring(equals + 1));
      }
      Files.delete(file);
    }
  }

  /** What a job has for the jobs behind it. */
  private void outputsOf(String job) {
    if (((Map<?, ?>) in(in(workflow, "jobs"), job)).get("outputs") instanceof Map<?, ?> outputs) {
      outputs.forEach((name, value) -> {
        Matcher expression = EXPRESSION.matcher(value.toString());
        if (expression.matches()) {
          context.put(
              "needs." + job + ".outputs." + name, context.getOrDefault(expression.group(1), ""));
        }
      });
    }
  }

  static Object in(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }
}
