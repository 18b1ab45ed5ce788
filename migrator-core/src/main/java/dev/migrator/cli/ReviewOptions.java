package dev.migrator.cli;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Review;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.event.MigrationEvent;
import dev.migrator.render.TextReport;
import java.time.Duration;
import java.util.function.Function;

/** The options about who looks at a plan before it runs, and what confirms it. */
final class ReviewOptions {

  private ReviewOptions() {}

  static final Option<String> CONFIRM_PLAN = Option.of(
      "--confirm-plan",
      "<digest>",
      Function.identity(),
      MigrationEngineBuilder::confirmPlan,
      "Confirm exactly the plan with this digest, which 'plan' and 'dry-run' print; any other plan is refused.");

  static final Option<String> CONFIRM_PHRASE = Option.of(
      "--confirm-phrase",
      "<phrase>",
      Function.identity(),
      MigrationEngineBuilder::confirmPhrase,
      "Confirm changes in production by the phrase " + Review.PHRASE + ".");

  static final Option<Boolean> REQUIRE_PHRASE = Option.flag(
      "--require-phrase",
      (builder, on) -> builder.safeguards(s -> s.review(s.review().phrase(true))),
      "Let nothing but that phrase confirm changes in production.");

  static final Option<Boolean> REQUIRE_DRY_RUN = Option.flag(
      "--require-dry-run",
      "First try the plan on a throw-away copy of the schema (--server says where); when it fails there, nothing runs.");

  static final Option<Duration> REVIEW_WINDOW = Option.of(
      "--review-window",
      "<time>",
      Values::duration,
      (builder, time) -> builder.safeguards(s -> s.review(s.review().window(time))),
      "Show the plan and wait this long before it runs (30s); Ctrl-C stops it with nothing changed.");

  /** Tells an engine what takes more than one option, and lets it show its plan. */
  static void tell(MigrationEngineBuilder builder, Arguments given, Console console) {
    if (given.has(REQUIRE_DRY_RUN)) {
      ThrowAwayServer server = ServerOption.of(given, console).orElse(ThrowAwayServer.automatic());
      builder.safeguards(s -> s.review(s.review().dryRun(server)));
    }
    if (given.get(REVIEW_WINDOW).isPresent()) {
      builder.listener(event -> {
        if (event instanceof MigrationEvent.ReviewBegan review) {
          console.err().print(TextReport.of(review.plan()));
          console
              .err()
              .println("It begins in " + review.window().toSeconds()
                  + " s; Ctrl-C stops it, and nothing is changed then.");
          console.err().flush();
        }
      });
    }
  }
}
