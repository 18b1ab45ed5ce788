package dev.migrator.report;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One migration, and what the server did for each of its statements.
 *
 * @param action whether it was applied or taken back
 * @param migration the migration
 * @param transactional whether it runs in one transaction
 * @param statements its statements in order; of one that failed those that ran
 * @param untraced why nothing is known of its statements; empty when it is
 * @param failure why it failed; {@code null} when it did not
 * @param notes what limits what is said of it, each in a sentence
 * @param duration how long it took there
 */
public record TracedMigration(
    Action action,
    Migration migration,
    boolean transactional,
    List<TracedStatement> statements,
    String untraced,
    @Nullable Failure failure,
    List<String> notes,
    Duration duration) {

  /**
   * Why a migration failed.
   *
   * @param code the code of the failure that a run would end with
   * @param message its message, with the place in the script
   */
  public record Failure(FailureCode code, String message) {}

  /** Keeps copies. */
  public TracedMigration {
    statements = List.copyOf(statements);
    notes = List.copyOf(notes);
  }

  /** The same, with another duration. */
  public TracedMigration taking(Duration time) {
    return new TracedMigration(
        action, migration, transactional, statements, untraced, failure, notes, time);
  }

  /** The strongest lock on each relation that its statements took, the strongest first; a transaction holds it to its end. */
  public List<TracedLock> locks() {
    Map<TracedRelation, TracedLock> strongest = new LinkedHashMap<>();
    for (TracedStatement statement : statements) {
      for (TracedLock lock : statement.locks()) {
        strongest.merge(lock.relation(), lock, (a, b) -> a.mode().compareTo(b.mode()) >= 0 ? a : b);
      }
    }
    return strongest.values().stream()
        .sorted(Comparator.comparing(TracedLock::mode).reversed())
        .toList();
  }
}
