package dev.migrator.internal.plan;

import dev.migrator.internal.source.ResolvedEntry;
import dev.migrator.migration.Checksum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether an application and the tracking table say the same: every migration of the one is applied in the other, and
 * nothing else is there. Then nothing is pending, and nothing was edited.
 *
 * <p>Both are nearly always in the same order, so it is one walk along both; where the table's rows have changed
 * places, they are looked up. Ids are unique on both sides, so as many matches as entries leave nothing over.
 */
public final class Agreement {

  private final List<ResolvedEntry> entries;
  private @Nullable Map<String, ResolvedEntry> byId;
  private int matched;

  /** An agreement with what an application has, row by row to be found. */
  public Agreement(List<ResolvedEntry> entries) {
    this.entries = entries;
  }

  /** Whether the next applied migration of the table is one of them, with this content. */
  public boolean accepts(String id, String name, String kind, Checksum checksum) {
    ResolvedEntry entry = matched < entries.size() ? entries.get(matched) : null;
    if (entry == null || !entry.id().equals(id)) {
      entry = byId().get(id);
    }
    matched++;
    return entry != null
        && checksum.value().equals(entry.checksum())
        && checksum.algorithm().equals(Checksum.SHA256_LF)
        && name.equals(entry.name())
        && kind.equals(entry.kind());
  }

  /** Whether the rows that were accepted are all that there are. */
  public boolean isComplete() {
    return matched == entries.size();
  }

  private Map<String, ResolvedEntry> byId() {
    Map<String, ResolvedEntry> known = byId;
    if (known == null) {
      known = new HashMap<>();
      for (ResolvedEntry entry : entries) {
        known.put(entry.id(), entry);
      }
      byId = known;
    }
    return known;
  }
}
