package dev.migrator.internal.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Programs whose bytes pass through this process, each in a thread of its own: a thread that waits for a pipe hears of nothing
 * else. The thread that called looks after them, and ends them all when one fails or somebody asks.
 */
final class Flow implements AutoCloseable {

  private static final long LOOK_EVERY_MS = 20;

  /** One failure brings others: how long to wait until all have shown. */
  private static final long SETTLES_WITHIN_MS = 300;

  private final List<Child> children = new ArrayList<>();
  private final List<FutureTask<Void>> pumps = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Moves bytes. */
  @FunctionalInterface
  interface Pump {

    void run() throws IOException;
  }

  /** A program that belongs to it. */
  Child start(String name, ProcessBuilder builder) throws IOException {
    Child child = Child.start(name, builder);
    children.add(child);
    return child;
  }

  /** Begins to move bytes. */
  void pump(Pump pump) {
    Callable<Void> call = () -> {
      pump.run();
      return null;
    };
    FutureTask<Void> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "migrator-pump");
    thread.setDaemon(true);
    pumps.add(task);
    threads.add(thread);
    thread.start();
  }

  /**
   * Waits until everything has ended well.
   *
   * @param check throws when it is to stop
   * @throws FlowFailedException when a program failed, or bytes could not be moved
   */
  void await(Runnable check) throws FlowFailedException {
    while (children.stream().anyMatch(Child::isAlive)
        || !pumps.stream().allMatch(FutureTask::isDone)) {
      check.run();
      if (children.stream().anyMatch(Child::hasFailed) || failure() != null) {
        rest(SETTLES_WITHIN_MS);
        // Ctrl-C reaches the programs too: then that is the reason, and not what they say.
        check.run();
        break;
      }
      rest(LOOK_EVERY_MS);
    }
    for (Child child : children) {
      if (child.hasFailed() && !child.lostItsListener()) {
        throw new FlowFailedException(child.words(), failure());
      }
    }
    IOException failure = failure();
    if (failure != null) {
      throw new FlowFailedException(
          failure.getMessage() == null ? failure.toString() : failure.getMessage(), failure);
    }
    for (Child child : children) {
      if (child.hasFailed()) {
        throw new FlowFailedException(child.words(), null);
      }
    }
  }

  private @Nullable IOException failure() {
    for (FutureTask<Void> pump : pumps) {
      if (pump.isDone()) {
        try {
          pump.get();
        } catch (ExecutionException e) {
          Throwable cause = e.getCause();
          return cause instanceof IOException io ? io : new IOException(cause);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
    return null;
  }

  private static void rest(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      // Whoever checks sees the flag.
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what is still there. */
  @Override
  public void close() {
    children.forEach(Child::close);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(1_000);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
