package dev.migrator.internal.plan;

import dev.migrator.internal.source.ResolvedEntry;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an index and the tracking table say the same: every migration of the one is applied in the other, and nothing
 * else is there. Then nothing is pending, nothing was edited, and no script needs to be looked at.
 */
public final class Agreement {

  private Agreement() {}

  /**
   * Compares. Index and table are nearly always in the same order, so it is one walk along both; where the table's rows
   * have changed places, they are looked up.
   */
  public static boolean between(List<ResolvedEntry> entries, List<AppliedMigration> applied) {
    if (entries.size() != applied.size()) {
      return false;
    }
    Map<String, ResolvedEntry> byId = Map.of();
    for (int i = 0; i < applied.size(); i++) {
      AppliedMigration row = applied.get(i);
      ResolvedEntry entry = entries.get(i);
      if (!entry.id().equals(row.migration().id())) {
        byId = byId.isEmpty() ? byId(entries) : byId;
        entry = byId.get(row.migration().id());
      }
      if (entry == null || !isSame(entry, row)) {
        return false;
      }
    }
    return true;
  }

  /** Ids are unique on both sides, so as many matches as rows leave nothing over. */
  private static Map<String, ResolvedEntry> byId(List<ResolvedEntry> entries) {
    Map<String, ResolvedEntry> byId = new HashMap<>();
    entries.forEach(entry -> byId.put(entry.id(), entry));
    return byId;
  }

  private static boolean isSame(ResolvedEntry entry, AppliedMigration row) {
    Migration migration = row.migration();
    Checksum checksum = row.checksum();
    return row.isApplied()
        && checksum != null
        && checksum.value().equals(entry.checksum())
        && checksum.algorithm().equals(Checksum.SHA256_LF)
        && migration.name().equals(entry.name())
        && migration.kind().stored().equals(entry.kind());
  }
}
