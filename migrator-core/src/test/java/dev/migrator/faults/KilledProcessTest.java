package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Processes that migrate and are killed (SIGKILL) again and again, until one gets to the end; nobody repairs anything. */
@Tag("faults")
class KilledProcessTest {

  private static final int KILLS = Integer.getInteger("migrator.faults.kills", 200);

  /** Killing works on the processes of several databases at a time. */
  private static final int AT_ONCE = 4;

  private final long seed = Long.getLong("migrator.seed", System.nanoTime());
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger databases = new AtomicInteger();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  /** How often a run was killed when so many migrations were completed: the kills must be spread. */
  private final Map<String, Integer> killedAfter = new ConcurrentSkipListMap<>();

  @Test
  // The numbers are for who reads the build's output.
  @SuppressWarnings("SystemOut")
  void whateverAKilledProcessLeftTheNextOnesBringToTheEnd() throws Exception {
    Invariants invariants;
    long took;
    try (TestDatabase database = PostgresServer.shared().createDatabase()) {
      Instance undisturbed = Instance.start(SamplePlan.SLOW.location(), database.dataSource());
      undisturbed.awaitBegin();
      long began = System.nanoTime();
      assertThat(undisturbed.awaitFailure()).isEmpty();
      took = (System.nanoTime() - began) / 1_000_000;
      invariants = Invariants.of(SamplePlan.SLOW, database.dataSource());
    }
    System.out.printf(Locale.ROOT, "faults: killing with seed %d; a run takes %d ms%n", seed, took);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Random random = new Random(seed + i);
        workers.add(threads.submit(() -> {
          while (kills.get() < KILLS) {
            killUntilOneGetsThrough(invariants, random, (int) took);
          }
          return null;
        }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.printf(
        Locale.ROOT,
        "faults: %d kills of a process on %d databases, %d wrong; killed at so many completed migrations: %s%n",
        kills.get(),
        databases.get(),
        wrong.size(),
        killedAfter);
    assertThat(wrong).as("seed %d", seed).isEmpty();
  }

  private void killUntilOneGetsThrough(Invariants invariants, Random random, int longest)
      throws Exception {
    int number = databases.incrementAndGet();
    List<String> violations = new ArrayList<>();
    try (TestDatabase database = PostgresServer.shared().createDatabase()) {
      boolean through = false;
      while (!through) {
        Instance instance = Instance.start(SamplePlan.SLOW.location(), database.dataSource());
        instance.awaitBegin();
        boolean enough = kills.get() >= KILLS;
        if (!enough && !instance.endsWithin(random.nextInt(longest)) && instance.kill()) {
          kills.incrementAndGet();
          killedAfter.merge(completed(database), 1, Integer::sum);
        } else {
          String failure = instance.awaitFailure();
          if (!failure.isEmpty()) {
            violations.add("the next run: " + failure);
          }
          through = true;
        }
      }
      violations.addAll(invariants.violations(database.dataSource()));
    } catch (AssertionError e) {
      violations.add(String.valueOf(e.getMessage()));
    }
    if (!violations.isEmpty()) {
      wrong.add("database " + number + ": " + String.join("; ", violations));
    }
  }

  private static String completed(TestDatabase database) {
    return database.value("select to_regclass('schema_migrations') is null").equals("t")
        ? "none"
        : "%02d"
            .formatted(Integer.parseInt(database.value(
                "select count(*) from schema_migrations where status = 'completed'")));
  }
}
