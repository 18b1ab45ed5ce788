package dev.migrator.micronaut.history;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the tracking table: one migration, and where it stands.
 *
 * @param version its version as the file name writes it
 * @param name its name
 * @param appliedAt when it was applied, by the server's clock
 * @param checksum the checksum of what was applied
 * @param executionTimeMs how long it took, in milliseconds
 * @param status {@code pending}, {@code running}, {@code completed} or {@code failed}
 * @param errorMessage the error of the last attempt
 * @param appliedBy who applied it
 * @param kind what sort of migration it is, {@code repeatable} for example
 * @param script the script's path within its location
 * @param appliedRank its place in the order of application
 * @param action what the status is the outcome of, {@code apply} or {@code rollback}
 * @param transactional whether it ran in one transaction
 * @param runId the run
 */
@MappedEntity("schema_migrations")
public record SchemaMigration(
    @Id String version,
    String name,
    @Nullable Instant appliedAt,
    @Nullable String checksum,
    @Nullable Long executionTimeMs,
    String status,
    @Nullable String errorMessage,
    @Nullable String appliedBy,
    String kind,
    String script,
    @Nullable Long appliedRank,
    String action,
    boolean transactional,
    @Nullable UUID runId) {}
