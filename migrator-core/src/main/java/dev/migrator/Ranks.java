package dev.migrator;

import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Migration;
import java.util.List;

/** Places in the order of application. */
final class Ranks {

  private final List<AppliedMigration> applied;
  private long last;

  private Ranks(List<AppliedMigration> applied, long last) {
    this.applied = applied;
    this.last = last;
  }

  static Ranks after(List<AppliedMigration> applied) {
    return new Ranks(
        applied, applied.stream().mapToLong(AppliedMigration::rank).max().orElse(0));
  }

  /** The next free place. */
  long next(Migration migration) {
    last++;
    return last;
  }

  /** The place that a migration has already. */
  long kept(Migration migration) {
    return applied.stream()
        .filter(row -> row.migration().version().equals(migration.version())
            && row.migration().name().equals(migration.name()))
        .mapToLong(AppliedMigration::rank)
        .findFirst()
        .orElseGet(() -> next(migration));
  }
}
