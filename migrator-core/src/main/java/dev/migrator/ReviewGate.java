package dev.migrator;

import dev.migrator.config.Review;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedMigration;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a plan on a throw-away copy first, shows it to whoever listens, and gives them time to stop it; each where it was asked
 * for.
 *
 * @param dryRun tries the plan on a server of throw-away databases
 */
record ReviewGate(Operation operation, DryRuns dryRun) {

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEngine.class);

  /**
   * Lets a plan pass.
   *
   * @throws MigrationException {@code DRY_RUN_FAILED}, and what concerns throw-away databases; {@code CANCELLED}, {@code
   *     INTERRUPTED} or {@code OUT_OF_TIME} when somebody stopped it
   */
  void pass(Held held, Plan plan, Comparison comparison) {
    Review review = operation.settings().safeguards().review();
    ThrowAwayServer server = review.dryRun();
    if (server != null) {
      TraceReport tried = dryRun.on(server);
      tried.migrations().forEach(ReviewGate::requirePassed);
      LOG.info(
          "The dry run of the plan {} passed on {} in {} ms",
          operation.settings().digest(plan),
          tried.server(),
          tried.duration().toMillis());
      // Nobody heard of the session meanwhile, nor of the lock that it holds.
      held.session().requireAnswer();
    }
    Duration window = review.window();
    if (!window.isZero()) {
      LOG.info("The plan {} begins in {} ms", operation.settings().digest(plan), window.toMillis());
      operation.tell(new MigrationEvent.ReviewBegan(
          operation.runId(),
          Reports.plan(operation.settings(), held.history(), plan, comparison),
          window));
      rest(held, window);
    }
  }

  /** Passes the time; the connection that holds the lock is asked for a sign of life, and so is kept from being idle. */
  private void rest(Held held, Duration window) {
    long end = System.nanoTime() + window.toNanos();
    for (long left = window.toNanos(); left > 0; left = end - System.nanoTime()) {
      operation.watch().pause(Duration.ofNanos(Math.min(left, SIGN_OF_LIFE.toNanos())));
      operation.check();
      held.session().requireAnswer();
    }
  }

  private static void requirePassed(TracedMigration tried) {
    TracedMigration.Failure failure = tried.failure();
    if (failure != null) {
      String first = failure.message().lines().findFirst().orElse("");
      throw MigrationException.because(
              FailureCode.DRY_RUN_FAILED,
              "the dry run failed on the throw-away copy:"
                  + first.substring(first.indexOf("] ") + 1))
          .done("nothing was changed in the database.", List.of())
          .advice("correct the script; 'dry-run' tells more.")
          .build();
    }
  }
}
