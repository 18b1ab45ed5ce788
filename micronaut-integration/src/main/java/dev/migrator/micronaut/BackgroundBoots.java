package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boots that go on while the application runs, a thread each. They end before the application closes its pools.
 *
 * <p>A data source whose migrations failed, or that nobody confirmed, is looked at from time to time: once another runner has
 * applied them, it is ready.
 */
@Singleton
final class BackgroundBoots implements ApplicationEventListener<ShutdownEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundBoots.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

  /** The grace of a CONCURRENTLY and something beyond, as at the end of the process. */
  private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

  private final Map<Thread, BootRun> underWay = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Does a boot, and then looks until it is ready. */
  void start(BootRun run) {
    thread(run, () -> {
      try {
        run.run();
        LOG.info("Data source {} is ready.", run.dataSource().name());
      } catch (MigrationException e) {
        if (e.code() != FailureCode.CANCELLED) {
          LOG.error(
              "Data source {} stays closed, and the application is not ready: {}",
              run.dataSource().name(),
              e.getMessage());
          look(run);
        }
      } catch (RuntimeException | Error e) {
        run.dataSource().update(status -> status.progressing(null).to(BootState.FAILED, null));
        LOG.error("Data source {} stays closed", run.dataSource().name(), e);
        throw e;
      }
    });
  }

  /** Looks until another runner has applied what is pending. */
  void watch(BootRun run) {
    thread(run, () -> look(run));
  }

  /** Stops what is under way, and waits for it. */
  @Override
  public void onApplicationEvent(ShutdownEvent event) {
    closing.countDown();
    long began = System.nanoTime();
    underWay.forEach((thread, run) -> {
      try {
        do {
          // Time and again: what only prepares now would be missed otherwise.
          run.engine().cancel();
          thread.join(50);
        } while (thread.isAlive() && System.nanoTime() - began < LONGEST_STOP.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private void look(BootRun run) {
    OtherRunner other = new OtherRunner(run.dataSource(), run.engine());
    try {
      while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)
          && !run.dataSource().status().state().isReady()) {
        if (other.isDone()) {
          run.dataSource().update(status -> status.to(BootState.DONE, null));
          LOG.info(
              "Data source {} is ready: nothing is pending.", run.dataSource().name());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void thread(BootRun run, Runnable work) {
    Thread thread = new Thread(
        () -> {
          try {
            work.run();
          } finally {
            underWay.remove(Thread.currentThread());
          }
        },
        "migrator-" + run.dataSource().name());
    thread.setDaemon(true);
    underWay.put(thread, run);
    thread.start();
  }
}
