package dev.migrator.report;

import dev.migrator.migration.Migration;
import java.util.List;

/**
 * What a run would do. Made without writing anything and without a lock, so it tells what was true when it was read.
 *
 * @param schema the schema of the tracking table
 * @param environment the name of the environment that the run would record
 * @param steps what would run, in this order; empty when the database is up to date
 * @param future migrations that a newer release of the application applied
 * @param notes what an operator should know and what stops nothing: files that look like scripts and do not run,
 *     repeatable scripts that are passed by
 * @param digest names exactly these steps, with their scripts' contents, in this order: 64 hexadecimal digits, with which the
 *     plan can be confirmed
 */
public record MigrationPlan(
    String schema,
    String environment,
    List<PlannedStep> steps,
    List<Migration> future,
    List<String> notes,
    String digest) {

  /** Keeps copies. */
  public MigrationPlan {
    steps = List.copyOf(steps);
    future = List.copyOf(future);
    notes = List.copyOf(notes);
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }
}
