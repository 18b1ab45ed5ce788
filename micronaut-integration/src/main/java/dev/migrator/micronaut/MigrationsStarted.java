package dev.migrator.micronaut;

import dev.migrator.migration.Migration;
import dev.migrator.report.Action;
import java.util.List;
import java.util.UUID;

/**
 * An application event: a run has begun. A run that finds nothing to do publishes nothing. What a boot does is published once the
 * application has started.
 *
 * @param dataSource the data source's name
 * @param runId the run's id, which its rows in the history carry
 * @param action what was asked for
 * @param migrations what it is going to deal with, in order
 */
public record MigrationsStarted(
    String dataSource, UUID runId, Action action, List<Migration> migrations) {

  /** Keeps a copy. */
  public MigrationsStarted {
    migrations = List.copyOf(migrations);
  }
}
