package dev.migrator.event;

import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.Action;
import dev.migrator.report.CheckReport;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Something that an engine did, or that happened to it, while it changed a database. */
public sealed interface MigrationEvent {

  /** The run's id, which its rows in the history carry and its report. */
  UUID runId();

  /**
   * A run holds the lock, has its plan, and begins. A run that finds nothing to do tells nothing, and neither does one without
   * a plan (baseline, repair).
   *
   * @param action what was asked for
   * @param migrations what it is going to deal with, in order
   */
  record RunStarted(UUID runId, Action action, List<Migration> migrations)
      implements MigrationEvent {

    /** Keeps a copy. */
    public RunStarted {
      migrations = List.copyOf(migrations);
    }
  }

  /**
   * A run ended well.
   *
   * @param report what it did
   */
  record RunFinished(UUID runId, MigrationReport report) implements MigrationEvent {}

  /**
   * A run ended without success.
   *
   * @param failure why, and what it did before
   */
  record RunFailed(UUID runId, MigrationException failure) implements MigrationEvent {}

  /**
   * A migration begins.
   *
   * @param action whether it is applied or rolled back
   * @param migration which one
   * @param place its place in the run, from 1
   * @param of how many migrations the run has
   */
  record MigrationStarted(UUID runId, Action action, Migration migration, int place, int of)
      implements MigrationEvent {}

  /**
   * A migration is done and committed.
   *
   * @param step what was done
   */
  record MigrationFinished(UUID runId, ReportStep step) implements MigrationEvent {}

  /**
   * A migration failed.
   *
   * @param migration which one
   * @param failure why
   */
  record MigrationFailed(UUID runId, Migration migration, MigrationException failure)
      implements MigrationEvent {}

  /**
   * A statement of a script is sent. Told to listeners that ask for statements.
   *
   * @param migration whose
   * @param ordinal its place in the script, from 1
   * @param of how many statements the script has
   * @param position where it begins
   * @param beginning how it begins: its first line up to its first literal, which may be a secret
   */
  record StatementStarted(
      UUID runId,
      Migration migration,
      int ordinal,
      int of,
      SourcePosition position,
      String beginning)
      implements MigrationEvent {}

  /**
   * A statement of a script is done; it is committed with its migration. Told to listeners that ask for it.
   *
   * @param migration whose
   * @param ordinal its place in the script, from 1
   * @param of how many statements the script has
   * @param position where it begins
   * @param duration how long it took, as the client saw it
   */
  record StatementFinished(
      UUID runId,
      Migration migration,
      int ordinal,
      int of,
      SourcePosition position,
      Duration duration)
      implements MigrationEvent {}

  /**
   * A run shows its plan and waits before it begins, so that somebody can stop it.
   *
   * @param plan what is going to run
   * @param window how long it waits
   */
  record ReviewBegan(UUID runId, MigrationPlan plan, Duration window) implements MigrationEvent {}

  /**
   * Another session holds the migration lock, and the run waits for it. Told once when it begins to wait, then about every
   * second.
   *
   * @param waited for how long so far
   */
  record LockWaited(UUID runId, Duration waited) implements MigrationEvent {}

  /**
   * A migration that failed because it could not get a lock is tried once more; it left nothing behind.
   *
   * @param migration which one; in a common transaction the one whose statement waited
   * @param attempt the number of the attempt that is to come; the first was 1
   * @param pause for how long the run rests before it
   * @param reason what the server said
   */
  record Retried(UUID runId, Migration migration, int attempt, Duration pause, String reason)
      implements MigrationEvent {}

  /**
   * Others hold a lock that a migration waits for. Told about every second while that lasts, when it lasts longer than one.
   *
   * @param migration which one waits
   * @param blockers who waits for what, and who is in the way
   * @param advice what ends the wait
   */
  record Blocked(UUID runId, Migration migration, String blockers, String advice)
      implements MigrationEvent {}

  /**
   * How far the building of an index is. Told about every second.
   *
   * @param migration whose index
   * @param words index, phase and progress, in words
   * @param phase what the server does
   * @param percent how much of this phase is done, 0 to 100; -1 when the server does not say
   */
  record IndexProgressed(UUID runId, Migration migration, String words, String phase, int percent)
      implements MigrationEvent {}

  /**
   * The checks before a run were asked, or those after it; whatever they came to.
   *
   * @param report the answers
   */
  record Checked(UUID runId, CheckReport report) implements MigrationEvent {}

  /**
   * The connection was lost and the run goes on with another one, from where the tracking table says that it is.
   *
   * @param failure the loss
   * @param took for how long there was none
   */
  record Reconnected(UUID runId, MigrationException failure, Duration took)
      implements MigrationEvent {}
}
