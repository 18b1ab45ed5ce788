package dev.migrator.report;

import dev.migrator.migration.Migration;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operation did.
 *
 * @param runId the run's id, which its rows in the history carry
 * @param action what was asked for
 * @param database the database
 * @param schema the schema of the tracking table
 * @param environment the name of the environment that was recorded
 * @param steps what was done, in this order; empty when there was nothing to do
 * @param notes what an operator should know: migrations of a newer release, checksums that cannot be compared, session
 *     settings that a script left behind
 * @param future migrations that a newer release of the application applied
 * @param schemaCheck the schema after it; {@code null} where nothing was applied or rolled back, and where it was not recorded
 * @param safety what guarded it
 * @param duration how long the operation took, waiting for the lock included
 */
public record MigrationReport(
    UUID runId,
    Action action,
    String database,
    String schema,
    String environment,
    List<ReportStep> steps,
    List<String> notes,
    List<Migration> future,
    @Nullable SchemaCheck schemaCheck,
    SafetyReport safety,
    Duration duration) {

  /** Keeps copies. */
  public MigrationReport {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    future = List.copyOf(future);
  }

  /** The same report with what was found out about the schema. */
  public MigrationReport withSchema(@Nullable SchemaCheck check, List<String> more) {
    return new MigrationReport(
        runId,
        action,
        database,
        schema,
        environment,
        steps,
        Stream.concat(notes.stream(), more.stream()).toList(),
        future,
        check,
        safety,
        duration);
  }

  /** The same report with what guarded the run. */
  public MigrationReport withSafety(SafetyReport report) {
    return new MigrationReport(
        runId,
        action,
        database,
        schema,
        environment,
        steps,
        notes,
        future,
        schemaCheck,
        report,
        duration);
  }

  /** Whether the database needed nothing. */
  public boolean isUpToDate() {
    return steps.isEmpty();
  }

  /** The strong locks of all steps, added up for each relation, the longest first. */
  public List<LockTime> locks() {
    Map<String, LockTime> sums = new LinkedHashMap<>();
    for (ReportStep step : steps) {
      for (HeldLock lock : step.locks()) {
        sums.merge(lock.relation(), LockTime.of(lock), LockTime::plus);
      }
    }
    return sums.values().stream()
        .sorted(Comparator.comparing(LockTime::held).reversed())
        .toList();
  }

  /** The migrations of the steps. */
  public List<Migration> migrations() {
    return steps.stream().map(ReportStep::migration).toList();
  }
}
