package dev.migrator.internal.plan;

import dev.migrator.internal.source.ResolvedEntries;
import java.nio.charset.StandardCharsets;
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

  private final ResolvedEntries entries;
  private @Nullable Map<String, Integer> byId;
  private int matched;

  /** An agreement with what an application has, row by row to be found. */
  public Agreement(ResolvedEntries entries) {
    this.entries = entries;
  }

  /** Whether the next applied migration of the table is one of them; all in UTF-8, the checksum one of scripts. */
  public boolean accepts(byte[] id, byte[] name, byte[] kind, byte[] checksum) {
    int next = matched++;
    return next < entries.size() && entries.says(next, kind, id, name, checksum)
        || isElsewhere(id, name, kind, checksum);
  }

  private boolean isElsewhere(byte[] id, byte[] name, byte[] kind, byte[] checksum) {
    Map<String, Integer> known = byId;
    if (known == null) {
      known = entries.byId();
      byId = known;
    }
    Integer entry = known.get(new String(id, StandardCharsets.UTF_8));
    return entry != null && entries.says(entry, kind, id, name, checksum);
  }

  /** Whether the rows that were accepted are all that there are. */
  public boolean isComplete() {
    return matched == entries.size();
  }
}
