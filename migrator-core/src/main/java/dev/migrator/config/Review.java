package dev.migrator.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a plan is looked at once more before it runs. Immutable: each method returns a changed copy.
 *
 * @param dryRun the server on which exactly this plan is first run on a throw-away copy of the schema; when it fails there,
 *     nothing runs. {@code null}, the default, for none
 * @param window how long the plan is shown before it begins; whoever cancels meanwhile has changed nothing. Default: not at all
 * @param phrase whether production is confirmed only by the phrase {@value #PHRASE}. Default: no
 */
public record Review(@Nullable ThrowAwayServer dryRun, Duration window, boolean phrase) {

  /** The phrase that a person types. */
  public static final String PHRASE = "MIGRATE-PRODUCTION";

  /** Nobody looks. */
  public static final Review NONE = new Review(null, Duration.ZERO, false);

  /** Checks the window. */
  public Review {
    if (window.isNegative() || window.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a review window lasts up to a day, not " + window);
    }
  }

  /** With a dry run before. */
  public Review dryRun(@Nullable ThrowAwayServer server) {
    return new Review(server, window, phrase);
  }

  /** With a time in which the plan can be read, and the run cancelled. */
  public Review window(Duration time) {
    return new Review(dryRun, time, phrase);
  }

  /** With or without the phrase. */
  public Review phrase(boolean needed) {
    return new Review(dryRun, window, needed);
  }
}
