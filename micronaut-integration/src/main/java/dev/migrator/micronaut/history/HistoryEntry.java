package dev.migrator.micronaut.history;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the history: something that was done, or that failed. Rows are appended and never changed.
 *
 * @param id the row's id
 * @param version the migration's version; {@code null} where a whole run is meant
 * @param name the migration's name
 * @param action what was done: {@code apply}, {@code rollback}, {@code repair} ...
 * @param executedAt when, by the server's clock
 * @param executionTimeMs how long it took, in milliseconds
 * @param status {@code success} or {@code failed}
 * @param errorMessage why it failed
 * @param executedBy who did it
 * @param environment what the database was said to be used for
 * @param sequence its place in the history
 * @param runId the run
 */
@MappedEntity("migration_history")
public record HistoryEntry(
    @Id UUID id,
    @Nullable String version,
    @Nullable String name,
    String action,
    Instant executedAt,
    @Nullable Long executionTimeMs,
    String status,
    @Nullable String errorMessage,
    @Nullable String executedBy,
    @Nullable String environment,
    @Nullable Long sequence,
    @Nullable UUID runId) {}
