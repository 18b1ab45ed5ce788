package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.Limits;
import dev.migrator.event.MigrationEvent;
import dev.migrator.report.LockMode;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an application feels while a forgotten transaction holds ACCESS SHARE on a table and a migration wants ACCESS
 * EXCLUSIVE: its own queries queue behind the migration.
 */
@PostgresTest
@Timeout(90)
class BlockedMigrationTest {

  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);
  private static final Duration BLOCK = LOCK_TIMEOUT.multipliedBy(10);

  @TempDir
  Path path;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  private record Read(long began, long ended) {

    Duration took() {
      return Duration.ofNanos(ended - began);
    }
  }

  private record Seen(List<Read> reads, List<Long> retries, MigrationReport report) {

    Duration longest() {
      return reads.stream().map(Read::took).max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void readersWaitNoLongerThanTheLockTimeoutAndGetOnBetweenTheAttempts(TestDatabase database)
      throws Exception {
    Seen seen = block(database, Limits.DEFAULT.lockTimeout(LOCK_TIMEOUT));
    Seen without = block(database.sibling(), Limits.DEFAULT.lockTimeout(Duration.ZERO));
    System.out.printf(
        "A migration blocked for %d ms: readers wait at most %d ms with a lock_timeout of %d ms (%d attempts, %d reads),"
            + " %d ms without one%n",
        BLOCK.toMillis(),
        seen.longest().toMillis(),
        LOCK_TIMEOUT.toMillis(),
        seen.retries().size() + 1,
        seen.reads().size(),
        without.longest().toMillis());

    assertThat(seen.longest()).isLessThan(LOCK_TIMEOUT.multipliedBy(3));
    assertThat(without.longest()).isGreaterThan(BLOCK.dividedBy(2));
    assertThat(seen.retries()).hasSizeGreaterThanOrEqualTo(2);
    for (int i = 1; i < seen.retries().size(); i++) {
      long from = seen.retries().get(i - 1);
      long to = seen.retries().get(i);
      assertThat(seen.reads()).anyMatch(read -> read.began() > from && read.ended() < to);
    }
    assertThat(seen.report().locks()).singleElement().satisfies(lock -> {
      assertThat(lock.relation()).isEqualTo("t");
      assertThat(lock.mode()).isEqualTo(LockMode.ACCESS_EXCLUSIVE);
      // What comes behind the statement that locks is done with the lock held.
      assertThat(lock.held()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    });
    assertThat(database.value("select count(*) from t")).isEqualTo("1");
  }

  private Seen block(TestDatabase database, Limits limits) throws Exception {
    database.execute("create table t (a int); insert into t values (1)");
    List<Long> retries = new CopyOnWriteArrayList<>();
    MigrationEngine engine = new MigrationFolder(path)
        .script("01_b.sql", "alter table t add b int; select pg_sleep(0.2);")
        .builder(database.dataSource())
        .limits(l -> limits)
        .listener(event -> {
          if (event instanceof MigrationEvent.Retried) {
            retries.add(System.nanoTime());
          }
        })
        .build();
    AtomicBoolean over = new AtomicBoolean();
    Future<MigrationReport> run;
    Future<List<Read>> reads;
    try (Connection idle = database.dataSource().getConnection();
        Statement statement = idle.createStatement()) {
      idle.setAutoCommit(false);
      statement.execute("select * from t");
      run = threads.submit(() -> engine.migrate());
      while (database
          .query("select 1 from pg_locks where relation = 't'::regclass and not granted")
          .isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      reads = threads.submit(() -> read(database, over));
      TimeUnit.NANOSECONDS.sleep(BLOCK.toNanos());
      idle.rollback();
    }
    MigrationReport report = run.get();
    over.set(true);
    return new Seen(reads.get(), List.copyOf(retries), report);
  }

  private static List<Read> read(TestDatabase database, AtomicBoolean over)
      throws SQLException, InterruptedException {
    List<Read> reads = new ArrayList<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      while (!over.get()) {
        long began = System.nanoTime();
        statement.execute("select count(*) from t");
        reads.add(new Read(began, System.nanoTime()));
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    return reads;
  }
}
