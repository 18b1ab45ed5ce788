package dev.migrator;

import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.report.HistoryEntry;
import dev.migrator.report.HistoryReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the audit history. Writes nothing and takes no lock. */
record AuditTrail(Settings settings) {

  /**
   * The latest rows.
   *
   * @param limit how many at most
   * @param version whose; {@code null} for all
   */
  HistoryReport latest(int limit, @Nullable String version) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit is a number from 1 on, not " + limit);
    }
    if (version != null) {
      Migration.requireName(version);
    }
    try (Session session = Session.open(settings.database().dataSource())) {
      History history = settings.locate(session);
      List<HistoryEntry> entries =
          new ArrayList<>(history.entries(limit + 1L, version, key(version)));
      boolean complete = entries.size() <= limit;
      return new HistoryReport(
          history.located().database(),
          history.names().schema(),
          complete ? entries : entries.subList(0, limit),
          complete,
          notes(history));
    }
  }

  private static @Nullable String key(@Nullable String version) {
    return version == null || version.startsWith("R:") || version.indexOf('~') >= 0
        ? version
        : MigrationVersion.of(version).key();
  }

  private static List<String> notes(History history) {
    if (!history.located().exists()) {
      return List.of("nothing was migrated yet: there is no history.");
    }
    return history.located().inHouse() == null
        ? List.of()
        : List.of(
            "the history is an in-house tool's, and is shown once the first run has taken it over; until then read its"
                + " table with psql.");
  }
}
