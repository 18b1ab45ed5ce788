package dev.migrator.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The demo, or the command line, in a JVM of its own, so that its exit code and everything that it prints can be seen.
 *
 * <p>The demo takes a free port. Of the environment variables of the tests only those are handed on that a JVM needs.
 */
final class JavaProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern SERVING = Pattern.compile("Server Running: (http://\\S+)");
  private static final List<String> KEPT =
      List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "JAVA_HOME");

  private final Process process;
  private final Path log;

  private JavaProcess(List<String> java, Map<String, String> variables) {
    try {
      log = Files.createTempFile("demo-", ".log");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(java);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().keySet().retainAll(KEPT);
      builder.environment().put("MICRONAUT_SERVER_PORT", "-1");
      builder.environment().putAll(variables);
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the directories of the build, as {@code ./mvnw -Pdemo} runs it. */
  static JavaProcess explodedDemo(Map<String, String> variables) {
    String classPath = Arrays.stream(
            System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
    return new JavaProcess(List.of("-cp", classPath, DemoApplication.class.getName()), variables);
  }

  /** From the one file that the build packages. */
  static JavaProcess packagedDemo(Map<String, String> variables) {
    return new JavaProcess(List.of("-jar", System.getProperty("demo.jar")), variables);
  }

  /** The command line's jar. */
  static JavaProcess commandLine(Map<String, String> variables, String... arguments) {
    List<String> java = new ArrayList<>(List.of("-jar", System.getProperty("cli.jar")));
    java.addAll(List.of(arguments));
    return new JavaProcess(java, variables);
  }

  /** Waits for the end. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it did not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it serves. */
  String url() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher serving = SERVING.matcher(output());
      if (serving.find()) {
        return serving.group(1);
      }
      if (!process.isAlive()) {
        throw new AssertionError("it ended with " + process.exitValue() + ":\n" + output());
      }
      pause();
    }
    throw new AssertionError("it does not serve:\n" + output());
  }

  /** The status code of a request, once it serves. */
  int get(String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url() + path)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks it to end, as an orchestrator does, and waits. */
  int terminate() {
    process.destroy();
    return exitCode();
  }

  /** Everything it has printed so far. */
  String output() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(log);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
