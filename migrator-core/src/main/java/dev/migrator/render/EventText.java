package dev.migrator.render;

import dev.migrator.event.MigrationEvent;
import dev.migrator.report.Action;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens during a run, as lines of a log. */
public final class EventText {

  private EventText() {}

  /** The event in words; nothing for what happens at every statement. */
  public static Optional<String> of(MigrationEvent event) {
    return Optional.ofNullable(words(event)).map(SafeText::of).map(String::stripTrailing);
  }

  private static @Nullable String words(MigrationEvent event) {
    if (event instanceof MigrationEvent.RunStarted started) {
      return "run " + started.runId() + " begins: " + started.migrations().size() + " to "
          + (started.action() == Action.ROLLBACK ? "roll back" : "apply");
    }
    if (event instanceof MigrationEvent.MigrationStarted started) {
      return started.migration().label() + " begins (" + started.place() + " of " + started.of()
          + ")";
    }
    if (event instanceof MigrationEvent.MigrationFinished finished) {
      return finished.step().migration().label() + " is done, "
          + finished.step().duration().toMillis() + " ms";
    }
    if (event instanceof MigrationEvent.MigrationFailed failed) {
      return failed.migration().label() + " failed";
    }
    if (event instanceof MigrationEvent.LockWaited waited) {
      return "waiting for another run, " + waited.waited().toMillis() + " ms so far";
    }
    if (event instanceof MigrationEvent.Retried retried) {
      return retried.migration().label() + " met a lock, attempt " + retried.attempt()
          + " follows in " + retried.pause().toMillis() + " ms: " + retried.reason();
    }
    if (event instanceof MigrationEvent.Blocked blocked) {
      return blocked.migration().label() + ": " + blocked.blockers() + "\nNext: "
          + blocked.advice();
    }
    if (event instanceof MigrationEvent.IndexProgressed index) {
      return index.migration().label() + ": " + index.words();
    }
    if (event instanceof MigrationEvent.Reconnected again) {
      return "connected again after " + again.took().toMillis() + " ms";
    }
    return event instanceof MigrationEvent.Checked checked
        ? CheckText.lines(checked.report())
        : null;
  }
}
