package dev.migrator.micronaut;

import dev.migrator.report.ReportStep;
import java.util.UUID;

/**
 * An application event: a migration was applied, or rolled back, and committed. What a boot does is published once the application
 * has started.
 *
 * @param dataSource the data source's name
 * @param runId the run's id, which its rows in the history carry
 * @param step what was done
 */
public record MigrationApplied(String dataSource, UUID runId, ReportStep step) {}
