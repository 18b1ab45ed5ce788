package dev.migrator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit history: something that was done, or failed, in a database.
 *
 * @param sequence its place; the latest has the highest
 * @param version the migration's, as recorded; {@code null} for what concerns no single one
 * @param name the migration's name, where it has one
 * @param action what was done, as stored: {@code apply}, {@code rollback}, {@code baseline}, {@code repair}, {@code
 *     fingerprint}; later versions may add others
 * @param successful whether it was done
 * @param executedAt when, by the server's clock
 * @param duration how long it took; {@code null} where nobody measured
 * @param executedBy who did it
 * @param environment what the database was for then
 * @param runId the run that it belongs to
 * @param errorMessage why it failed; {@code null} where it did not
 * @param details what else was recorded of it, as JSON: a remark, a reason, a file; {@code null} for nothing
 */
public record HistoryEntry(
    long sequence,
    @Nullable String version,
    @Nullable String name,
    String action,
    boolean successful,
    Instant executedAt,
    @Nullable Duration duration,
    @Nullable String executedBy,
    @Nullable String environment,
    @Nullable UUID runId,
    @Nullable String errorMessage,
    @Nullable String details) {}
