package dev.migrator.faults;

import dev.migrator.MigrationEngine;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A run on an empty database that meets a fault, another instance that boots when it has struck or the run has ended, and what
 * is the case after both.
 *
 * @param invariants what must hold then
 * @param fault what the run meets
 * @param others what becomes of its further connections
 * @param times how many of its connections meet it
 */
record Trial(Invariants invariants, Fault fault, FaultProxy.Others others, int times) {

  /** How long a run that cannot go on may take to find that out. */
  private static final long PATIENCE_SECONDS = 40;

  /**
   * What came of it.
   *
   * @param trial the trial
   * @param firstSucceeded whether the disturbed run came to its end all the same
   * @param violations what does not hold
   */
  record Outcome(Trial trial, boolean firstSucceeded, List<String> violations) {
    @Override
    public String toString() {
      return trial.fault + " x" + trial.times + ": " + String.join("; ", violations);
    }
  }

  Outcome in(EmptyDatabases databases) {
    List<String> violations = new ArrayList<>();
    AtomicBoolean firstSucceeded = new AtomicBoolean();
    try {
      databases.use(database -> {
        firstSucceeded.set(runs(database, violations));
        violations.addAll(invariants.violations(database.dataSource()));
        return violations.isEmpty();
      });
    } catch (Exception | AssertionError e) {
      violations.add(e.toString());
    }
    return new Outcome(this, firstSucceeded.get(), violations);
  }

  private boolean runs(TestDatabase database, List<String> violations)
      throws IOException, InterruptedException {
    Fault[] faults = Collections.nCopies(times, fault).toArray(Fault[]::new);
    try (FaultProxy proxy = FaultProxy.before(database.dataSource(), others, faults)) {
      CompletableFuture<MigrationReport> first = new CompletableFuture<>();
      Thread thread = new Thread(
          () -> {
            try {
              first.complete(disturbed(proxy.dataSource()).migrate());
            } catch (RuntimeException | Error e) {
              first.completeExceptionally(e);
            }
          },
          "disturbed run");
      thread.setDaemon(true);
      thread.start();
      await(CompletableFuture.anyOf(proxy.struck(), first), "waiting for the fault", violations);
      if (others == FaultProxy.Others.PASS) {
        // Otherwise the other instance would take over before it has connected again.
        await(first, "the disturbed run", violations);
      }
      try {
        invariants.plan().engine(database.dataSource()).migrate();
      } catch (MigrationException e) {
        violations.add("the next run: " + firstLine(e));
      }
      return await(first, "the disturbed run", violations);
    }
  }

  private MigrationEngine disturbed(DataSource dataSource) {
    return others == FaultProxy.Others.REFUSED
        ? invariants.plan().mortal(dataSource)
        : invariants.plan().engine(dataSource);
  }

  private static boolean await(CompletableFuture<?> future, String what, List<String> violations)
      throws InterruptedException {
    try {
      future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof MigrationException)) {
        violations.add(what + ": " + e.getCause());
      }
      return false;
    } catch (TimeoutException e) {
      violations.add(what + " hung");
      return false;
    }
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
