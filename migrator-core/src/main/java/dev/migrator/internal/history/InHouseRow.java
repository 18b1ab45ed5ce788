package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Row;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.AppliedMigration.Action;
import dev.migrator.migration.AppliedMigration.Status;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of an in-house tracking table.
 *
 * @param version as it is written there
 * @param name as it is written there; empty where it is NULL
 * @param status as it is written there
 * @param appliedAt in microseconds; {@code null} where it is NULL
 * @param checksum {@code null} where it is NULL
 * @param error {@code null} where it is NULL
 */
record InHouseRow(
    String version,
    String name,
    String status,
    @Nullable String appliedAt,
    @Nullable String checksum,
    @Nullable String error) {

  /** What some tools write as name: the file's name, with its version before it. */
  private static final Pattern FILE =
      Pattern.compile("(?:.*/)?(?:[0-9]+(?:[._-][0-9]+)*[_-]+)?(.+?)(?:\\.up)?\\.sql");

  /** The order in which they count as applied: by time, and by version where the time is one. */
  static final Comparator<InHouseRow> IN_ORDER = Comparator.comparing(InHouseRow::micros)
      .thenComparing(row -> MigrationVersion.of(row.version()));

  static String select(InHouseTable table) {
    return "SELECT version, name, status, "
        + "(extract(epoch FROM applied_at) * 1000000)::bigint, "
        + table.columnOr("checksum", "NULL") + ", "
        + table.columnOr("error_message", "NULL")
        + " FROM " + table.name();
  }

  static InHouseRow of(Row row) {
    return new InHouseRow(
        or(row.textOrNull(1)),
        or(row.textOrNull(2)),
        or(row.textOrNull(3)),
        row.textOrNull(4),
        row.textOrNull(5),
        row.textOrNull(6));
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** What stands in the way of understanding the rows; empty when nothing does. */
  static List<String> problems(List<InHouseRow> rows) {
    Map<String, String> keys = new HashMap<>();
    return rows.stream()
        .map(row -> row.problem(keys))
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }

  private Optional<String> problem(Map<String, String> keys) {
    if (known().isEmpty()) {
      return Optional.of("the row of version '" + version + "' has the status '" + status
          + "'. Make it one of completed, failed, running and pending, or delete the row");
    }
    MigrationVersion read;
    try {
      read = MigrationVersion.of(version);
    } catch (IllegalArgumentException e) {
      return Optional.of("the row of version '" + version
          + "' has no version that can be read: write the digits that its script's name begins with (01, 0006,"
          + " 20241108160105), or delete the row");
    }
    String other = keys.put(read.key(), version);
    return other == null
        ? Optional.empty()
        : Optional.of("the rows of versions '" + other + "' and '" + version
            + "' are of one version. Delete one of them");
  }

  private Optional<Status> known() {
    return Arrays.stream(Status.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(status))
        .findFirst();
  }

  boolean isApplied() {
    return status.equals("completed");
  }

  boolean isPending() {
    return status.equals("pending");
  }

  /**
   * Whether nothing is left of it when it is not applied. A tool that writes {@code failed} has seen the failure, and the
   * next attempt is in a transaction again; of one that is {@code running} nobody knows.
   */
  boolean isWhole() {
    return !status.equals("running");
  }

  String key() {
    return MigrationVersion.of(version).key();
  }

  AppliedMigration migration(long rank) {
    Matcher file = FILE.matcher(name);
    boolean isFile = file.matches();
    return new AppliedMigration(
        new Migration(
            version,
            MigrationVersion.of(version),
            isFile ? file.group(1) : withoutVersion(),
            MigrationKind.VERSIONED,
            script()),
        known().orElseThrow(),
        Action.APPLY,
        isWhole(),
        checksum == null ? null : new Checksum(Checksum.UNKNOWN, checksum),
        rank,
        error);
  }

  /** The script's name, where the row tells it; else empty. */
  String script() {
    return FILE.matcher(name).matches() ? name : "";
  }

  private String withoutVersion() {
    String before = version + "_";
    String rest = name.startsWith(before) ? name.substring(before.length()) : name;
    return rest.replace(' ', '_');
  }

  private long micros() {
    return appliedAt == null ? Long.MAX_VALUE : Long.parseLong(appliedAt);
  }
}
