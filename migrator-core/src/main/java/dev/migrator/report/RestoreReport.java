package dev.migrator.report;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A backup that was brought back.
 *
 * @param file the backup
 * @param format how it is written
 * @param checksum its SHA-256, which is the one that was recorded
 * @param database the database that has its content now
 * @param replaced under which name the database is kept in whose place it is; {@code null} where there was none
 * @param duration how long it took
 */
public record RestoreReport(
    Path file,
    BackupReport.Format format,
    String checksum,
    String database,
    @Nullable String replaced,
    Duration duration) {}
