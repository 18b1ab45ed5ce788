package dev.migrator.verify;

import dev.migrator.Rehearsal;
import dev.migrator.internal.scratch.ScratchServer;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationOutline;
import dev.migrator.report.VerifyReport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Proves on throw-away databases that the migrations of a folder can be applied, that their down scripts restore what was
 * there before, rows included, and that they can be applied again.
 *
 * <p>Every migration is tried on a copy of the state before it, so that one bad down script never spoils the next trial. What
 * runs is what the engine runs on a real database. Thread-safe; each {@link #verify()} has databases of its own.
 */
public final class MigrationVerifier {

  private final VerifierSettings settings;
  private final Set<Run> underWay = ConcurrentHashMap.newKeySet();

  MigrationVerifier(VerifierSettings settings) {
    this.settings = settings;
  }

  /** Begins a verifier. */
  public static MigrationVerifierBuilder builder() {
    return new MigrationVerifierBuilder();
  }

  /**
   * Tries everything. A bad migration is a verdict in the report, not an exception. The databases are dropped in any case.
   *
   * @throws MigrationException when there is no server, when the scripts cannot be read or are refused, {@code
   *     SCRIPT_REFUSED} when they change more than their database and the server is shared, {@code CANCELLED}, and what concerns
   *     connections
   */
  public VerifyReport verify() {
    long started = System.nanoTime();
    Run run = new Run();
    underWay.add(run);
    try {
      Rehearsal rehearsal = Rehearsal.of(settings.migrations());
      List<MigrationOutline> outlines = rehearsal.outlines();
      try (Stages stages = new Stages(ScratchServer.open(settings.server()), rehearsal)) {
        run.opened(stages);
        return new Verification(settings, stages, started).run(outlines);
      }
    } finally {
      // Only now is everything dropped: who asks while that goes on is told that something runs.
      underWay.remove(run);
      run.over.countDown();
    }
  }

  /**
   * Stops every verification of this verifier as soon as is safe; from any thread. They end with {@code CANCELLED}, their
   * databases dropped. Returns at once.
   *
   * @return whether there was one
   */
  public boolean cancel() {
    Set<Run> running = Set.copyOf(underWay);
    running.forEach(Run::cancel);
    return !running.isEmpty();
  }

  /** One verification, from its first moment on. */
  private static final class Run {

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile @Nullable Stages stages;

    void opened(Stages opened) {
      stages = opened;
      if (cancelled.get()) {
        opened.cancel();
      }
    }

    /** A request that comes between two commands is lost, so it is repeated until all is over. */
    void cancel() {
      if (cancelled.compareAndSet(false, true)) {
        request();
        Thread repeating = new Thread(this::repeat, "migrator-verify-cancel");
        repeating.setDaemon(true);
        repeating.start();
      }
    }

    private void repeat() {
      try {
        while (!over.await(1, TimeUnit.SECONDS)) {
          request();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void request() {
      Stages known = stages;
      if (known != null) {
        known.cancel();
      }
    }
  }
}
