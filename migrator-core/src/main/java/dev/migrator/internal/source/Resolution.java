package dev.migrator.internal.source;

import java.util.List;

/**
 * What the locations hold.
 *
 * @param migrations the migrations, in the order in which they run: those with a version by it, a baseline script before the
 *     migration of its version, then the repeatable ones by name
 * @param notes what an operator should know: files that look like scripts and do not run
 */
public record Resolution(List<ResolvedMigration> migrations, List<String> notes) {

  /** Keeps copies. */
  public Resolution {
    migrations = List.copyOf(migrations);
    notes = List.copyOf(notes);
  }
}
