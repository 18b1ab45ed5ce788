package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.LocalServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A primary that dies, and a synchronous standby that takes over. */
@Tag("faults")
@Timeout(300)
class FailoverTest {

  private static final int FAILOVERS = 6;

  /** How often an application that does not boot is started again. */
  private static final int STARTS = 20;

  @Test
  void aStandbyIsRefusedByName() throws Exception {
    try (LocalServer primary = LocalServer.create();
        LocalServer standby = synchronous(primary)) {
      assertThatThrownBy(() -> SamplePlan.SLOW.engine(standby.dataSource("app")).migrate())
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("standby");
    }
  }

  @Test
  // The numbers are for who reads the build's output.
  @SuppressWarnings("SystemOut")
  void aRunThatLosesItsPrimaryIsCompletedOnTheNewOne() throws Exception {
    List<String> wrong = new ArrayList<>();
    int inTheSameRun = 0;
    for (int i = 0; i < FAILOVERS; i++) {
      try (LocalServer primary = LocalServer.create();
          LocalServer standby = synchronous(primary)) {
        primary.createDatabase("undisturbed");
        long started = System.nanoTime();
        SamplePlan.SLOW.engine(primary.dataSource("undisturbed")).migrate();
        long took = (System.nanoTime() - started) / 1_000_000;
        Invariants invariants = Invariants.of(SamplePlan.SLOW, primary.dataSource("undisturbed"));

        PGSimpleDataSource either = eitherOf(primary, standby);
        CompletableFuture<MigrationReport> run =
            CompletableFuture.supplyAsync(() -> SamplePlan.SLOW.engine(either).migrate());
        TimeUnit.MILLISECONDS.sleep(took * (i + 1) / (FAILOVERS + 1));
        primary.kill();
        standby.promote();
        String failure = failureOf(run);
        if (failure.isEmpty()) {
          inTheSameRun++;
        }
        for (int start = 1; start < STARTS && !failure.isEmpty(); start++) {
          failure = failureOf(
              CompletableFuture.supplyAsync(() -> SamplePlan.SLOW.engine(either).migrate()));
        }
        List<String> violations = new ArrayList<>();
        if (!failure.isEmpty()) {
          violations.add("the last run: " + failure);
        }
        violations.addAll(invariants.violations(standby.dataSource("app")));
        if (!violations.isEmpty()) {
          wrong.add("failover " + (i + 1) + ": " + String.join("; ", violations));
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "faults: %d failovers, %d wrong; %d runs came to their end on the new primary by themselves%n",
        FAILOVERS,
        wrong.size(),
        inTheSameRun);
    assertThat(wrong).isEmpty();
  }

  /** Starts both; what the primary says is committed is on the standby too. */
  private static LocalServer synchronous(LocalServer primary) {
    LocalServer standby = primary.standby();
    primary.configure("synchronous_standby_names = '*'");
    primary.start();
    standby.start();
    primary.createDatabase("app");
    primary.execute(
        "app", "SET synchronous_commit = remote_apply; CREATE TABLE here (); DROP TABLE here");
    return standby;
  }

  private static PGSimpleDataSource eitherOf(LocalServer primary, LocalServer standby) {
    PGSimpleDataSource either = primary.dataSource("app");
    either.setServerNames(new String[] {"127.0.0.1", "127.0.0.1"});
    either.setPortNumbers(new int[] {primary.port(), standby.port()});
    either.setTargetServerType("primary");
    return either;
  }

  private static String failureOf(CompletableFuture<MigrationReport> run)
      throws InterruptedException {
    try {
      run.get();
      return "";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }
}
