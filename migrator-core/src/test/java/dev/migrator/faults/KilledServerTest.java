package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.MigrationException;
import dev.migrator.testing.LocalServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that dies under its migrations, by SIGKILL and by an immediate stop, and comes back. */
@Tag("faults")
class KilledServerTest {

  private static final int RESTARTS = Integer.getInteger("migrator.faults.restarts", 36);

  /** So many databases are migrated at a time; each death hits them all. */
  private static final int DATABASES = 3;

  private static final long PATIENCE_SECONDS = 120;

  private final long seed = Long.getLong("migrator.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<String> wrong = new ArrayList<>();
  private int restarts;
  private int databases;

  @Test
  // The numbers are for who reads the build's output.
  @SuppressWarnings("SystemOut")
  void whateverADeadServerLeftTheNextRunBringsToTheEnd() throws Exception {
    System.out.printf(Locale.ROOT, "faults: killing servers with seed %d%n", seed);
    try (LocalServer server = LocalServer.create("full_page_writes = on")) {
      server.start();
      server.createDatabase("undisturbed");
      long started = System.nanoTime();
      SamplePlan.SLOW.engine(server.dataSource("undisturbed")).migrate();
      long took = (System.nanoTime() - started) / 1_000_000;
      Invariants invariants = Invariants.of(SamplePlan.SLOW, server.dataSource("undisturbed"));
      while (restarts < RESTARTS) {
        disturb(server, invariants, (int) took);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "faults: %d restarts of a server under the migrations of %d databases, %d wrong%n",
        restarts,
        databases,
        wrong.size());
    assertThat(wrong).as("seed %d", seed).isEmpty();
  }

  private void disturb(LocalServer server, Invariants invariants, int longest) throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < DATABASES; i++) {
      names.add("d" + ++databases);
      server.createDatabase("d" + databases);
    }
    // Each life of the server lets the runs get a little further.
    for (int life = 0; life < 4 && restarts < RESTARTS; life++) {
      List<CompletableFuture<String>> runs =
          names.stream().map(name -> migrate(server, name)).toList();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(Math.max(longest / 2, 1)));
      if (random.nextBoolean()) {
        server.kill();
      } else {
        server.stopImmediately();
      }
      server.start();
      restarts++;
      for (CompletableFuture<String> run : runs) {
        // How it ends is its own affair: it may have connected again.
        run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
    for (String name : names) {
      String failure = migrate(server, name).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      List<String> violations = new ArrayList<>();
      if (!failure.isEmpty()) {
        violations.add("the last run: " + failure);
      }
      violations.addAll(invariants.violations(server.dataSource(name)));
      if (!violations.isEmpty()) {
        wrong.add(name + ": " + String.join("; ", violations));
      }
    }
  }

  /** A run in a thread of its own; what it said when it failed, else nothing. */
  private static CompletableFuture<String> migrate(LocalServer server, String name) {
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread thread = new Thread(
        () -> {
          try {
            SamplePlan.SLOW.engine(server.dataSource(name)).migrate();
            end.complete("");
          } catch (MigrationException e) {
            end.complete(String.valueOf(e.getMessage()));
          } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
          }
        },
        "migrating " + name);
    thread.setDaemon(true);
    thread.start();
    return end;
  }
}
