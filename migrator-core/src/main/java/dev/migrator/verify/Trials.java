package dev.migrator.verify;

import dev.migrator.config.RowCheck;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.report.VerifiedMigration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The trials that run beside the chain, one after the other in a thread of their own. They lag behind it, so that a script
 * runs at two different seconds and what it takes from the clock shows.
 */
final class Trials implements AutoCloseable {

  /** How many copies may wait; a copy of a small database takes some 8 MB. */
  private static final int WAITING = 12;

  private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
    Thread made = new Thread(work, "migrator-verify");
    made.setDaemon(true);
    return made;
  });
  private final Queue<Future<?>> waiting = new ArrayDeque<>();
  private final Stages stages;
  private final RowCheck rows;
  private final Unsteady unsteady;
  private final Told told;
  private final int of;
  private int place;

  /** Takes results in the order of application. */
  interface Told {
    void on(VerifiedMigration result, int place, int of);
  }

  Trials(Stages stages, RowCheck rows, Unsteady unsteady, Told told, int of) {
    this.stages = stages;
    this.rows = rows;
    this.unsteady = unsteady;
    this.told = told;
    this.of = of;
  }

  /** Waits until there is room for one more; a trial that could not be held fails here. */
  void await() {
    while (waiting.size() >= WAITING || !waiting.isEmpty() && waiting.element().isDone()) {
      finishFirst();
    }
  }

  /**
   * Adds a trial.
   *
   * @param pristine the state before it; dropped when it is over
   */
  void submit(Subject subject, Stage pristine, SchemaSnapshot before, Chain.Link link) {
    int number = ++place;
    waiting.add(thread.submit(() -> {
      try (pristine) {
        TrialResult result = new Trial(stages, subject, pristine, before, link, unsteady).run(rows);
        told.on(verified(subject, link, result), number, of);
      }
    }));
  }

  /** Waits for all of them. */
  void finish() {
    while (!waiting.isEmpty()) {
      finishFirst();
    }
  }

  private void finishFirst() {
    try {
      waiting.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new IllegalStateException("a trial was given up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stages.requireGoing();
    }
  }

  private static VerifiedMigration verified(Subject subject, Chain.Link link, TrialResult result) {
    Judgement judgement = Judgement.of(subject, result);
    return new VerifiedMigration(
        subject.migration(),
        judgement.verdict(),
        judgement.why(),
        result.afterDown(),
        result.afterAgain(),
        result.data(),
        result.dataFindings(),
        link.complexity(),
        link.slowest(),
        link.step().duration(),
        result.down(),
        result.again());
  }

  /** Ends what still runs: after a failure nobody wants it. */
  @Override
  public void close() {
    if (!waiting.isEmpty()) {
      stages.cancel();
    }
    thread.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (thread.awaitTermination(1, TimeUnit.SECONDS)) {
          break;
        }
        stages.cancel();
      } catch (InterruptedException e) {
        interrupted = true;
        stages.cancel();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
