package dev.migrator.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup that was made.
 *
 * @param file where it is: a file, or the folder of the directory format
 * @param format how it is written
 * @param size its size in bytes
 * @param checksum SHA-256 in hexadecimal digits, of the file, or of the names and contents of the folder's files
 * @param takenAt the server's time when it began
 * @param lsn the place in the write-ahead log at that time, for a recovery to a point in time; {@code null} where the
 *     role may not ask
 * @param restorePoint the name of the restore point that was set; {@code null} where none was
 * @param restore the commands that bring it back, without credentials
 * @param duration how long it took
 */
public record BackupReport(
    Path file,
    Format format,
    long size,
    String checksum,
    Instant takenAt,
    @Nullable String lsn,
    @Nullable String restorePoint,
    List<String> restore,
    Duration duration) {

  /** How a backup is written. */
  public enum Format {
    /** SQL, compressed by gzip: read back with gzip -dc and psql. */
    PLAIN,
    /** pg_dump's custom format: read back with pg_restore. */
    CUSTOM,
    /** pg_dump's directory format, written by several processes: read back with pg_restore. */
    DIRECTORY
  }

  /** Keeps a copy. */
  public BackupReport {
    restore = List.copyOf(restore);
  }
}
