package dev.migrator.internal.lint;

import dev.migrator.internal.sql.structure.ObjectName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the lint knows beside the scripts.
 *
 * @param serverVersion the major version of PostgreSQL that the scripts are for
 * @param lockTimeout the time-out that the engine sets for locks; zero for none
 * @param searchPath the schemas in which names without one are looked for
 * @param sizes how large tables are, by {@code schema.name}; empty when no database is at hand
 */
public record LintContext(
    int serverVersion,
    Duration lockTimeout,
    List<String> searchPath,
    Map<String, TableSize> sizes) {

  /** The oldest version that is supported: what is safe there is safe on all. */
  public static final int OLDEST_VERSION = 14;

  /** Keeps copies. */
  public LintContext {
    searchPath = searchPath.isEmpty() ? List.of("public") : List.copyOf(searchPath);
    sizes = Map.copyOf(sizes);
  }

  /**
   * How large a table is.
   *
   * @param rows how many rows the planner thinks it has; -1 when nobody has counted
   * @param bytes what it takes on disk, without indexes, when somebody last counted
   */
  public record TableSize(long rows, long bytes) {}

  /** The size of a table; {@code null} when it is not known. */
  public @Nullable TableSize size(ObjectName table) {
    if (table.schema() != null) {
      return sizes.get(table.schema() + "." + table.name());
    }
    for (String schema : searchPath) {
      TableSize size = sizes.get(schema + "." + table.name());
      if (size != null) {
        return size;
      }
    }
    return null;
  }
}
