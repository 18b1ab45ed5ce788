package dev.migrator.internal.execute;

import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a transaction, or a statement that cannot be in one, and sends it again while it only meets the locks of others: it
 * left nothing behind then, and those who queued behind it got on meanwhile.
 */
final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

  /** lock_not_available, deadlock_detected, serialization_failure (PostgreSQL manual, appendix A). */
  private static final Set<String> MET_OTHERS = Set.of("55P03", "40P01", "40001");

  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 10_000;

  private final Execution execution;

  Attempts(Execution execution) {
    this.execution = execution;
  }

  /**
   * Sends a message that begins a transaction and commits it.
   *
   * @param steps whose statements are in it
   * @throws CommandFailedException when it failed for good; it is rolled back
   * @throws dev.migrator.migration.MigrationException when the run is to stop between two attempts
   */
  Replies send(Message message, List<Step> steps) {
    return send(
        () -> execution.lock().attempt(() -> execution.send(message)),
        message,
        () -> steps.stream().allMatch(step -> step.work() instanceof Work.Sql)
            && Progress.leavesNothing(message.statements()),
        () -> execution.company().watch().check(execution.before()));
  }

  /**
   * Sends a statement by itself.
   *
   * @param mayRepeat whether one that failed has done nothing
   * @param goOn throws when the run is to stop between two attempts
   * @throws CommandFailedException when it failed for good
   */
  Replies send(Message message, boolean mayRepeat, Runnable goOn) {
    return send(() -> execution.send(message, true), message, () -> mayRepeat, goOn);
  }

  private Replies send(
      Supplier<Replies> sending, Message message, BooleanSupplier mayRepeat, Runnable goOn) {
    long deadline = System.nanoTime() + execution.rules().limits().lockRetry().toNanos();
    long longest = FIRST_PAUSE_MS;
    for (int attempt = 1; ; attempt++) {
      try {
        return sending.get();
      } catch (CommandFailedException e) {
        execution.session().rollbackAfter(e);
        Duration pause =
            Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        if (!MET_OTHERS.contains(String.valueOf(e.error().sqlState()))
            || System.nanoTime() + pause.toNanos() > deadline
            || !mayRepeat.getAsBoolean()) {
          throw e;
        }
        tell(message, e, attempt + 1, pause);
        execution.company().watch().pause(pause);
        goOn.run();
        longest = Math.min(longest * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  private void tell(Message message, CommandFailedException e, int next, Duration pause) {
    Step step = message.origin(e.index()).step();
    ServerError error = e.error();
    if (step != null) {
      LOG.info(
          "{} met a lock and was rolled back ({}); attempt {} begins in {} ms",
          step.migration().label(),
          error.message(),
          next,
          pause.toMillis());
      execution.tell(new MigrationEvent.Retried(
          execution.company().runId(), step.migration(), next, pause, error.message()));
    }
  }
}
