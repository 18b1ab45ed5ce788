package dev.migrator.benchmark;

import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long the command line takes beyond a JVM that does nothing, from the start of the process to its end. */
final class ProgramStart {

  private static final int ROUNDS = 9;

  /** As {@code src/cli/bin/migrator} has them. */
  private static final List<String> LAUNCHER = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private ProgramStart() {}

  /** Measures, and tells in a table: wall time and processor time, medians of interleaved rounds. */
  static String measure(TestDatabase database, Path scripts)
      throws IOException, InterruptedException {
    Path jar = Path.of(System.getProperty("benchmark.jar").replaceFirst("\\.jar$", "-cli.jar"));
    Path archive = Files.createTempFile("migrator-", ".jsa");
    Files.delete(archive);
    Map<String, List<String>> commands = new LinkedHashMap<>();
    List<String> status = List.of(
        "status", "--no-config", "--location", scripts.toString());
    commands.put(
        "a JVM that does nothing",
        List.of("-cp", System.getProperty("java.class.path"), Nothing.class.getName()));
    commands.put("--help", program(List.of(), jar, List.of("--help")));
    commands.put("status", program(List.of(), jar, status));
    commands.put("--help, launcher", program(LAUNCHER, jar, List.of("--help")));
    commands.put("status, launcher", program(LAUNCHER, jar, status));
    List<String> archived = new ArrayList<>(LAUNCHER);
    archived.add("-XX:SharedArchiveFile=" + archive);
    commands.put("--help, launcher and archive", program(archived, jar, List.of("--help")));
    commands.put("status, launcher and archive", program(archived, jar, status));
    List<String> making = new ArrayList<>(LAUNCHER);
    making.add("-XX:ArchiveClassesAtExit=" + archive);
    run(program(making, jar, status), database);

    Map<String, List<long[]>> times = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        times
            .computeIfAbsent(command.getKey(), key -> new ArrayList<>())
            .add(run(command.getValue(), database));
      }
    }
    Files.deleteIfExists(archive);
    StringBuilder text = new StringBuilder(
        "| command line | wall ms | over a JVM that does nothing | processor ms | over |\n|---|---:|---:|---:|---:|\n");
    long[] nothing = median(times.values().iterator().next());
    times.forEach((name, samples) -> {
      long[] median = median(samples);
      text.append(String.format(
          Locale.ROOT,
          "| %s | %d | %d | %d | %d |%n",
          name,
          median[0],
          median[0] - nothing[0],
          median[1],
          median[1] - nothing[1]));
    });
    return text.toString();
  }

  /** What raw Java costs. */
  public static final class Nothing {

    private Nothing() {}

    /** Does nothing. */
    public static void main(String[] arguments) {}
  }

  private static List<String> program(List<String> options, Path jar, List<String> arguments) {
    List<String> command = new ArrayList<>(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    return command;
  }

  /** Wall and processor time in milliseconds. */
  private static long[] run(List<String> arguments, TestDatabase database)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Path times = Files.createTempFile("times", "");
    ProcessBuilder builder = new ProcessBuilder(
            "bash", "-c", "TIMEFORMAT='%3U %3S'; { time \"$@\" > /dev/null 2>&1; } 2> \"$0\"", times.toString())
        .redirectErrorStream(true);
    builder.command().addAll(command);
    builder.environment().put("DATABASE_URL", database.jdbcUrl());
    builder.environment().put("PGUSER", database.user());
    builder.environment().put("PGPASSWORD", database.password());
    long started = System.nanoTime();
    int exitCode = builder.start().waitFor();
    long wall = (System.nanoTime() - started) / 1_000_000;
    if (exitCode != 0) {
      throw new IllegalStateException(command + " ended with " + exitCode);
    }
    String[] parts = Files.readString(times).strip().split(" ");
    Files.delete(times);
    return new long[] {
      wall, Math.round(1000 * (Double.parseDouble(parts[0]) + Double.parseDouble(parts[1])))
    };
  }

  private static long[] median(List<long[]> samples) {
    return new long[] {
      samples.stream().mapToLong(s -> s[0]).sorted().toArray()[samples.size() / 2],
      samples.stream().mapToLong(s -> s[1]).sorted().toArray()[samples.size() / 2]
    };
  }
}
