package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Session;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks on, from a connection of its own, at a session whose work takes long: who blocks it, how far its index is.
 *
 * <p>It opens the connection when one piece of work has lasted longer than a second, asks every second, and closes the
 * connection with the work. Whatever goes wrong is its own affair: it says so at debug level and stays away for good. One
 * thread tells it what happens; the callback is called on a thread of the observer's.
 */
public final class Observer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** How often the thread looks whether there is work that lasts. */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

  /** How long {@link #close()} waits for the observer to give its connection back. */
  private static final Duration PARTING = Duration.ofMillis(500);

  /** One piece of work; two of the same kind are still two. */
  private static final class Watch {
    private final ToIntFunction<Session> pid;
    private final long since = System.nanoTime();

    Watch(ToIntFunction<Session> pid) {
      this.pid = pid;
    }
  }

  private final Supplier<Session> connections;
  private final Consumer<Observation> callback;
  private final Thread thread;
  private volatile @Nullable Watch watch;
  private volatile boolean looking;
  private volatile boolean closed;

  private Observer(Supplier<Session> connections, Consumer<Observation> callback) {
    this.connections = connections;
    this.callback = callback;
    this.thread = new Thread(null, this::run, "migrator-observer", 0, false);
    this.thread.setDaemon(true);
  }

  /**
   * An observer.
   *
   * @param connections opens the observer's session, as {@code session.beside(dataSource)} does; may fail
   * @param callback is told what was seen, every second, while there is something to be seen; what it throws is logged at
   *     debug level
   */
  public static Observer of(Supplier<Session> connections, Consumer<Observation> callback) {
    Observer observer = new Observer(connections, callback);
    observer.thread.start();
    return observer;
  }

  /**
   * Says what the session begins to do. Costs nothing.
   *
   * @param pid the session's server process
   */
  public void watching(int pid) {
    watching(session -> pid);
  }

  /**
   * Says that a session begins to do something whose server process is not known yet. Costs nothing.
   *
   * @param pid finds it from the observer's session, once it is to be observed
   */
  public void watching(ToIntFunction<Session> pid) {
    watch = new Watch(pid);
    wake();
  }

  /** Says that the session is done with it. Costs nothing. */
  public void idle() {
    watch = null;
    wake();
  }

  /** Ends the observer; its connection is closed, at once or as soon as the server or the pool lets it. */
  @Override
  public void close() {
    closed = true;
    watch = null;
    thread.interrupt();
    try {
      thread.join(PARTING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Only where a connection is to be given back soon does the thread have to know at once. */
  private void wake() {
    if (looking) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      while (!closed) {
        Watch current = watch;
        long due = current == null ? PAUSE : current.since + SECOND - System.nanoTime();
        if (current == null || due > 0) {
          LockSupport.parkNanos(this, Math.min(due, PAUSE));
        } else {
          observe(current);
        }
      }
    } catch (RuntimeException e) {
      LOG.debug("No more observation: {}", e.getMessage(), e);
    }
  }

  private void observe(Watch current) {
    looking = true;
    try (Session session = connections.get()) {
      int pid = current.pid.applyAsInt(session);
      String known = "";
      while (isAt(current)) {
        known = look(session, current, pid, known);
        if (isAt(current)) {
          LockSupport.parkNanos(this, SECOND);
        }
      }
    } finally {
      looking = false;
    }
  }

  private boolean isAt(Watch current) {
    return !closed && watch == current;
  }

  /** Asks once; returns who was in the way. */
  private String look(Session session, Watch current, int pid, String known) {
    IndexProgress.of(session, pid).ifPresent(this::tell);
    Blockers blockers = Blockers.of(session, pid);
    if (!isAt(current)) {
      return known;
    }
    if (!blockers.isEmpty()) {
      tell(blockers);
      if (!blockers.identity().equals(known)) {
        LOG.warn("{}\n  Next: {}", blockers.words(), blockers.advice());
      }
    }
    return blockers.identity();
  }

  private void tell(Observation observation) {
    try {
      callback.accept(observation);
    } catch (RuntimeException e) {
      LOG.debug("What was observed could not be told: {}", e.getMessage(), e);
    }
  }
}
