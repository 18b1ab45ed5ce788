package dev.migrator;

import dev.migrator.internal.schema.SnapshotFile;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.SchemaSnapshot;
import java.nio.file.Path;

/** Snapshots of a schema as files: JSON with a line for each attribute, so that a review shows what a migration changes. */
public final class Snapshots {

  private Snapshots() {}

  /** A snapshot as the text of a file; the same snapshot always gives the same text. */
  public static String text(SchemaSnapshot snapshot) {
    return SnapshotFile.text(snapshot);
  }

  /**
   * The snapshot in a file.
   *
   * @throws MigrationException {@code SNAPSHOT_UNREADABLE} when the file is not there, is no snapshot, or was written by a
   *     newer release
   */
  public static SchemaSnapshot read(Path file) {
    return SnapshotFile.read(file);
  }
}
