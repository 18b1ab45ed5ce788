package dev.migrator.report;

import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one migration stands.
 *
 * @param migration the migration
 * @param state its state
 * @param rank its place in the order of application, from 1; 0 when it is not applied
 * @param appliedAt when it was applied, by the server's clock; {@code null} when it was not
 * @param executionTimeMs how long it took, in milliseconds; {@code null} when it was not applied
 * @param appliedBy who applied it; {@code null} when nobody has
 * @param rollback whether a down script is at hand, in a location or stored in the database
 * @param errorMessage the error of the last attempt; {@code null} when there was none
 */
public record MigrationStatus(
    Migration migration,
    MigrationState state,
    long rank,
    @Nullable Instant appliedAt,
    @Nullable Long executionTimeMs,
    @Nullable String appliedBy,
    boolean rollback,
    @Nullable String errorMessage) {}
