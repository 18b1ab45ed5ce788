package dev.migrator;

import dev.migrator.config.Limits;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

  private final BooleanSupplier cancel;
  private final Duration longestWait;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread worker = Thread.currentThread();

  private StopAtShutdown(BooleanSupplier cancel, Duration longestWait) {
    this.cancel = cancel;
    this.longestWait = longestWait;
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
    return during(engine::cancel, engine.limits().grace().plus(BEYOND_GRACE), work);
  }

  /**
   * Does work that can be stopped in another way.
   *
   * @param cancel stops it, and returns at once whether there was something to stop; called time and again
   * @param longestWait how long the process waits for what was stopped
   * @param work what is done
   * @return what the work returned
   * @throws MigrationException {@code CANCELLED} when the process is ending already, and whatever the work throws
   */
  public static <T> T during(BooleanSupplier cancel, Duration longestWait, Supplier<T> work) {
    StopAtShutdown stop = new StopAtShutdown(cancel, longestWait);
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
      if (cancel.getAsBoolean() && longest.equals(A_MOMENT)) {
        longest = longestWait;
        LOG.warn(
            "The process is told to end: the run is cancelled and ends within {} s",
            longest.toSeconds());
      }
    } while (!isOverSoon() && !endsTheProcess() && System.nanoTime() - began < longest.toNanos());
  }

  /** Whether the work itself has called System.exit: it waits for this hook then, and is never over. */
  private boolean endsTheProcess() {
    return Arrays.stream(worker.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
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
