package dev.migrator.micronaut;

import dev.migrator.migration.MigrationException;
import java.util.UUID;

/**
 * An application event: a run has ended without success. When a boot fails the application does not start, and nothing is
 * published; a {@link dev.migrator.event.MigrationListener} is told all the same.
 *
 * @param dataSource the data source's name
 * @param runId the run's id, which its rows in the history carry
 * @param failure why, and what it did before
 */
public record MigrationsFailed(String dataSource, UUID runId, MigrationException failure) {}
