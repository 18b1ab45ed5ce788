package dev.migrator.micronaut;

import dev.migrator.report.MigrationReport;
import java.util.UUID;

/**
 * An application event: a run has ended well. What a boot does is published once the application has started.
 *
 * @param dataSource the data source's name
 * @param runId the run's id, which its rows in the history carry
 * @param report what it did
 */
public record MigrationsFinished(String dataSource, UUID runId, MigrationReport report) {}
