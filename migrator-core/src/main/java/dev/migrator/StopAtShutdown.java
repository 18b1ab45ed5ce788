package dev.migrator;

import dev.migrator.config.Limits;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the end of the process (SIGTERM, SIGINT) stop an engine in order: it is {@linkplain MigrationEngine#cancel()
 * cancelled}, and the process waits until the work has ended.
 *
 * <p>For whoever owns the process; the library installs no shutdown hook by itself. The wait lasts {@link Limits#grace()} and
 * 30 seconds at most. What is not over by then ends as it does when the process is killed: what ran in a transaction leaves
 * nothing behind.
 */
public final class StopAtShutdown {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEngine.class);

  private static final Duration BEYOND_GRACE = Duration.ofSeconds(30);

  /** How long the process waits for an engine that changes nothing at this moment: its outcome may be about to be told. */
  private static final Duration A_MOMENT = Duration.ofMillis(500);

  private static final long CANCEL_EVERY_MS = 50;

  private final MigrationEngine engine;
  private final CountDownLatch over = new CountDownLatch(1);

  private StopAtShutdown(MigrationEngine engine) {
    this.engine = engine;
  }

  /**
   * Does work with an engine; there is a shutdown hook as long as it lasts. What has to be done before the process ends,
   * such as telling the outcome, is part of the work.
   *
   * @param engine what is cancelled
   * @param work what it is used for
   * @return what the work returned
   * @throws MigrationException {@code CANCELLED} when the process is ending already, and whatever the work throws
   */
  public static <T> T during(MigrationEngine engine, Supplier<T> work) {
    StopAtShutdown stop = new StopAtShutdown(engine);
    Thread hook = new Thread(stop::stop, "migrator-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw MigrationException.because(FailureCode.CANCELLED, "the process is ending.")
          .done("nothing was changed.", List.of())
          .advice("run again for what is still pending.")
          .cause(e)
          .build();
    }
    try {
      return work.get();
    } finally {
      stop.over.countDown();
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is ending", e);
    }
  }

  private void stop() {
    long began = System.nanoTime();
    Duration longest = A_MOMENT;
    do {
      // Time and again: what only prepared when the signal came would be missed otherwise.
      if (engine.cancel() && longest.equals(A_MOMENT)) {
        longest = engine.limits().grace().plus(BEYOND_GRACE);
        LOG.warn(
            "The process is told to end: the run is cancelled and ends within {} s",
            longest.toSeconds());
      }
    } while (!isOverSoon() && System.nanoTime() - began < longest.toNanos());
  }

  private boolean isOverSoon() {
    try {
      return over.await(CANCEL_EVERY_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
