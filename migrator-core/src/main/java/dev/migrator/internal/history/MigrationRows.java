package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Row;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.AppliedMigration.Action;
import dev.migrator.migration.AppliedMigration.Status;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the rows of the tracking table. */
final class MigrationRows {

  /**
   * Read on a connection whose caches are cold: only what decides, and without a condition, because its planning would take
   * longer than passing over the few rows that do not count.
   */
  static final String READ = """
      SELECT version, name, script, kind, status, action, transactional, checksum, checksum_algorithm, applied_rank,
             error_message
        FROM %{migrations}
      """;

  private MigrationRows() {}

  /** Whether it is what {@link History#read} tells of. */
  static boolean counts(Row row) {
    return isMigration(row) && !isPending(row);
  }

  static AppliedMigration applied(Row row) {
    String id = row.text(1);
    String algorithm = row.textOrNull(9);
    String checksum = row.textOrNull(8);
    Status status = Status.valueOf(row.text(5).toUpperCase(Locale.ROOT));
    Migration migration = hasVersion(id)
        ? new Migration(id, versionOf(id), row.text(2), kind(row.text(4)), row.text(3))
        : Migration.repeatable(row.text(2), row.text(3));
    return new AppliedMigration(
        migration,
        status,
        row.text(6).equals(Action.ROLLBACK.name().toLowerCase(Locale.ROOT))
            ? Action.ROLLBACK
            : Action.APPLY,
        row.flag(7),
        checksum == null ? null : checksum(checksum, algorithm),
        status == Status.COMPLETED ? row.number(10) : 0,
        row.textOrNull(11));
  }

  /** A checksum; of one whose algorithm nobody wrote down, the algorithm is unknown. */
  static Checksum checksum(String value, @Nullable String algorithm) {
    return new Checksum(algorithm == null ? Checksum.UNKNOWN : algorithm, value);
  }

  private static boolean isPending(Row row) {
    return row.text(5).equals("pending");
  }

  private static boolean isMigration(Row row) {
    return hasVersion(row.text(1))
        || (row.text(4).equals(MigrationKind.REPEATABLE.stored())
            && row.text(1).equals(Migration.repeatable(row.text(2), "").id()));
  }

  private static boolean hasVersion(String id) {
    return !id.isEmpty() && id.charAt(0) >= '0' && id.charAt(0) <= '9';
  }

  /** A later minor version may know kinds that this one does not; whatever has a version is compared by it. */
  private static MigrationKind kind(String stored) {
    return stored.equals(MigrationKind.BASELINE.stored())
        ? MigrationKind.BASELINE
        : MigrationKind.VERSIONED;
  }

  private static MigrationVersion versionOf(String id) {
    int tilde = id.indexOf('~');
    return MigrationVersion.of(tilde < 0 ? id : id.substring(0, tilde));
  }
}
