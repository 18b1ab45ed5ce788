package dev.migrator.internal.execute;

import dev.migrator.config.Limits;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over one operation: stops it when somebody asks, when its thread is interrupted and when its time is up.
 *
 * <p>The driver does not notice an interrupt while it waits for the server, so a thread of its own asks the server to cancel
 * what runs. That thread begins with the first work and ends with {@link #close()}.
 */
public final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private static final long LOOK_EVERY_MS = 50;

  /** A request to cancel that comes between two commands is lost, so it is repeated. */
  private static final long CANCEL_EVERY_NS = 500_000_000;

  /** What does not end so long after the first request has nobody at its other end: a stalled connection, a server without power. */
  private static final long DEAF_AFTER_NS = 10_000_000_000L;

  /** Why an operation is to stop. */
  enum Stop {
    CANCELLED(FailureCode.CANCELLED, "the run was cancelled"),
    INTERRUPTED(FailureCode.INTERRUPTED, "the thread was interrupted"),
    OUT_OF_TIME(FailureCode.OUT_OF_TIME, "the time for the run was up");

    private final FailureCode code;
    private final String words;

    Stop(FailureCode code, String words) {
      this.code = code;
      this.words = words;
    }

    FailureCode code() {
      return code;
    }

    String words() {
      return words;
    }
  }

  private final Limits limits;
  private final long started;
  private final Thread owner = Thread.currentThread();
  private @Nullable Work work;
  private @Nullable Thread thread;
  private @Nullable Stop stop;
  private long stopSince;
  private boolean closed;

  /**
   * A watch over an operation of the present thread.
   *
   * @param started when it began, in {@link System#nanoTime()}
   */
  public Watch(Limits limits, long started) {
    this.limits = limits;
    this.started = started;
  }

  /** Lets the operation stop as soon as is safe; from any thread. */
  public synchronized void cancel() {
    stop(Stop.CANCELLED);
    notifyAll();
  }

  /** Why the operation is to stop; {@code null} when it is not. */
  synchronized @Nullable Stop stop() {
    if (stop == null) {
      if (owner.isInterrupted()) {
        stop(Stop.INTERRUPTED);
      } else if (!limits.run().isZero()
          && System.nanoTime() - started > limits.run().toNanos()) {
        stop(Stop.OUT_OF_TIME);
      }
    }
    return stop;
  }

  /**
   * Ends the operation here when it is to stop.
   *
   * @param before what it has completed
   * @throws MigrationException {@code CANCELLED}, {@code INTERRUPTED} (the thread's flag stays set) or {@code OUT_OF_TIME}
   */
  public void check(List<Migration> before) {
    Stop reason = stop();
    if (reason != null) {
      throw MigrationException.because(reason.code(), reason.words() + ".")
          .done(Failures.stays(before), before)
          .advice("run again for what is still pending.")
          .build();
    }
  }

  /** Rests, unless the operation is to stop. */
  public synchronized void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long left = time.toMillis();
    while (left > 0 && stop() == null) {
      try {
        wait(Math.min(left, LOOK_EVERY_MS));
      } catch (InterruptedException e) {
        owner.interrupt();
      }
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /**
   * Does work on a session and watches over it.
   *
   * @param graceful whether it is better left to end by itself for some time
   */
  public <T> T over(Session session, boolean graceful, Supplier<T> task) {
    begin(new Work(session, graceful));
    try {
      return task.get();
    } finally {
      end();
    }
  }

  /** Does work on a session and watches over it. */
  void over(Session session, Runnable task) {
    over(session, false, () -> {
      task.run();
      return true;
    });
  }

  /** A request that is on its way must not hit what comes after this work. */
  private synchronized void end() {
    Work ended = work;
    work = null;
    boolean interrupted = false;
    while (ended != null && ended.sending) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      owner.interrupt();
    }
  }

  private synchronized void begin(Work begun) {
    work = begun;
    if (thread == null) {
      Thread watching = new Thread(this::look, "migrator-watch");
      watching.setDaemon(true);
      watching.start();
      thread = watching;
    }
  }

  /** Work that is under way. */
  private final class Work {

    private final Session session;
    private final boolean graceful;
    private long firstAsked;
    private long lastAsked;
    private boolean asked;
    private boolean sending;

    private Work(Session session, boolean graceful) {
      this.session = session;
      this.graceful = graceful;
    }

    private boolean isToBeCancelled() {
      long now = System.nanoTime();
      return (!graceful || now - stopSince > limits.grace().toNanos())
          && (!asked || now - lastAsked > CANCEL_EVERY_NS);
    }

    private void asked() {
      lastAsked = System.nanoTime();
      firstAsked = asked ? firstAsked : lastAsked;
      asked = true;
      sending = true;
    }

    /** Whether requests to cancel have had no effect for so long that nothing is at the other end any more. */
    private boolean isDeaf() {
      return lastAsked - firstAsked > DEAF_AFTER_NS;
    }
  }

  /** Ends the watch. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized void stop(Stop reason) {
    if (stop == null) {
      stop = reason;
      stopSince = System.nanoTime();
    }
  }

  private void look() {
    for (Work due = next(); due != null; due = next()) {
      try {
        if (due.isDeaf()) {
          LOG.warn("The server does not answer the request to cancel; the connection is given up");
          due.session.abort();
        } else {
          due.session.cancel();
        }
      } catch (RuntimeException e) {
        LOG.debug("The request to cancel could not be sent", e);
      } finally {
        sent(due);
      }
    }
  }

  /** Waits for work that is to be cancelled; {@code null} when the watch is closed. */
  private synchronized @Nullable Work next() {
    while (!closed) {
      Work watched = work;
      if (watched != null && stop() != null && watched.isToBeCancelled()) {
        watched.asked();
        return watched;
      }
      try {
        wait(LOOK_EVERY_MS);
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread but to end it.
        return null;
      }
    }
    return null;
  }

  private synchronized void sent(Work due) {
    due.sending = false;
    notifyAll();
  }
}
