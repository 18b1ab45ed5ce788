package dev.migrator.report;

import java.util.List;

/**
 * How much a migration does.
 *
 * @param statements how many statements it has
 * @param tables the tables that its text names, by name
 * @param strongestLock the strongest lock that it takes on a table that was there before, as {@code pg_locks} names it;
 *     empty when it takes none that blocks others
 * @param rewrites the tables that it rewrote, by name; a rewrite takes time in proportion to the table's size
 */
public record Complexity(
    int statements, List<String> tables, String strongestLock, List<String> rewrites) {

  /** Keeps copies. */
  public Complexity {
    tables = List.copyOf(tables);
    rewrites = List.copyOf(rewrites);
  }
}
