package dev.migrator;

import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Migration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Places in the order of application: a migration that asks first gets the next free one, and keeps it. */
final class Ranks {

  private final Map<String, Long> places = new HashMap<>();
  private long last;

  private Ranks(long last) {
    this.last = last;
  }

  /** Places after everything that is applied. */
  static Ranks after(List<AppliedMigration> applied) {
    return new Ranks(applied.stream().mapToLong(AppliedMigration::rank).max().orElse(0));
  }

  /** The places that the applied migrations have already. */
  static Ranks of(List<AppliedMigration> applied) {
    Ranks ranks = after(applied);
    applied.stream()
        .filter(AppliedMigration::isApplied)
        .forEach(row -> ranks.places.put(row.migration().key(), row.rank()));
    return ranks;
  }

  long of(Migration migration) {
    return places.computeIfAbsent(migration.key(), key -> {
      last++;
      return last;
    });
  }
}
