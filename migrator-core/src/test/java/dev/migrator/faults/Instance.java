package dev.migrator.faults;

import dev.migrator.migration.MigrationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/** A process of its own that migrates as a booting application does. It says so when it begins, and when it failed. */
final class Instance {

  private static final String BEGINS = "migrating";

  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final BufferedReader output;

  private Instance(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one over a folder of scripts. */
  static Instance start(String location, PGSimpleDataSource database) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Instance.class.getName(),
            location,
            database.getServerNames()[0],
            Integer.toString(database.getPortNumbers()[0]),
            String.valueOf(database.getDatabaseName()))
        .redirectErrorStream(true);
    builder.environment().put("PGUSER", String.valueOf(database.getUser()));
    if (database.getPassword() != null) {
      builder.environment().put("PGPASSWORD", database.getPassword());
    }
    return new Instance(builder.start());
  }

  /** Waits until it has its classes loaded and begins to migrate. */
  void awaitBegin() throws IOException {
    String line = output.readLine();
    while (line != null && !line.equals(BEGINS)) {
      line = output.readLine();
    }
  }

  /** SIGKILL; false when it had ended before. */
  boolean kill() throws InterruptedException {
    // The process itself would also close its output, which is still wanted when it had ended
    // before.
    process.toHandle().destroyForcibly();
    int code = process.waitFor();
    // 128 + 9: what the shell would say of a process that was killed.
    return code == 137;
  }

  /** Whether it ends within so many milliseconds. */
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Waits for its end: what it said when it failed, else nothing. */
  String awaitFailure() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "did not end within " + PATIENCE_SECONDS + " s";
    }
    String said = output.lines().collect(Collectors.joining(" "));
    return process.exitValue() == 0 ? "" : "exit code " + process.exitValue() + ": " + said;
  }

  /** The process. */
  // Standard output is how it talks to the test.
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    List<String> arguments = List.of(args);
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setServerNames(new String[] {arguments.get(1)});
    database.setPortNumbers(new int[] {Integer.parseInt(arguments.get(2))});
    database.setDatabaseName(arguments.get(3));
    database.setUser(System.getenv("PGUSER"));
    database.setPassword(System.getenv("PGPASSWORD"));
    var engine = SamplePlan.engine(arguments.get(0), database);
    try {
      // Loads the classes: what is of interest is the time in which something is changed.
      engine.status();
      System.out.println(BEGINS);
      engine.migrate();
    } catch (MigrationException e) {
      System.out.println(e.getMessage());
      System.exit(e.code().exitCode());
    }
  }
}
