package dev.migrator.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** An application that boots in a process of its own and migrates with one of the contenders. */
public final class Instance {

  private final Process process;

  private Instance(Process process) {
    this.process = process;
  }

  /** Migrates: contender, folder of the scripts; the address of the database comes in the environment. */
  public static void main(String[] arguments) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setURL(System.getenv("BENCHMARK_URL"));
    Contender.named(arguments[0]).apply(database, Scripts.in(Path.of(arguments[1])));
    System.exit(0);
  }

  static Instance start(Contender contender, PGSimpleDataSource database, Scripts scripts)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Instance.class.getName(),
            contender.name(),
            scripts.base().toString()))
        .redirectErrorStream(true)
        .redirectOutput(scripts.base().resolve("output-" + System.nanoTime()).toFile());
    builder.environment()
        .put(
            "BENCHMARK_URL",
            "jdbc:postgresql://" + database.getServerNames()[0] + ":" + database.getPortNumbers()[0]
                + "/" + database.getDatabaseName() + "?user=" + database.getUser() + "&password="
                + database.getPassword());
    return new Instance(builder.start());
  }

  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Whether it ended well until then; it is killed when it has not ended. */
  boolean succeeds(long deadline) throws InterruptedException {
    if (process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
      return process.exitValue() == 0;
    }
    kill();
    return false;
  }

  boolean isAlive() {
    return process.isAlive();
  }
}
