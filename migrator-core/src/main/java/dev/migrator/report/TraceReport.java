package dev.migrator.report;

import dev.migrator.migration.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What migrations did on a throw-away database: the locks they took, what they rewrote and what they read from end to end.
 *
 * @param server the server of the throw-away database, and its version
 * @param state how the state before the first of them came about: {@code an empty database}, {@code a replay of 12 applied
 *     migrations}
 * @param migrations those that were traced, in order; it ends with the first that failed
 * @param notes what limits the whole, each in a sentence
 * @param duration how long all of it took
 */
public record TraceReport(
    String server,
    String state,
    List<TracedMigration> migrations,
    List<String> notes,
    Duration duration) {

  /** Keeps copies. */
  public TraceReport {
    migrations = List.copyOf(migrations);
    notes = List.copyOf(notes);
  }

  /** The code of the failure that a run of the same migrations would end with. */
  public Optional<FailureCode> failure() {
    return migrations.stream()
        .map(TracedMigration::failure)
        .filter(Objects::nonNull)
        .map(TracedMigration.Failure::code)
        .findFirst();
  }
}
