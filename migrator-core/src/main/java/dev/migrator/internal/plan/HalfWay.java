package dev.migrator.internal.plan;

import dev.migrator.internal.plan.Comparison.Continued;
import dev.migrator.internal.plan.Resumption.Finding;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of migrations that stopped half-way. */
final class HalfWay {

  private final Map<String, List<JournalEntry>> journals;
  private final OwnObjects own;
  private final Findings found;

  /**
   * A judgement of what stopped half-way.
   *
   * @param journals of all of them, by key; one that is absent could not be read
   * @param found takes what becomes of each
   */
  HalfWay(Map<String, List<JournalEntry>> journals, OwnObjects own, Findings found) {
    this.journals = journals;
    this.own = own;
    this.found = found;
  }

  /** One that stopped. */
  void stopped(Resolved migration, AppliedMigration row) {
    found.known(MigrationState.PARTIALLY_APPLIED, migration, row);
    List<JournalEntry> journal = journals.get(row.migration().key());
    if (row.action() == AppliedMigration.Action.ROLLBACK) {
      found.mismatch(Disagreements.halfRolledBack(migration.migration(), row));
    } else if (journal == null) {
      found.mismatch(Disagreements.partial(migration.migration(), row));
    } else {
      goOn(migration, row, new Resumption(row, journal));
    }
  }

  private void goOn(Resolved migration, AppliedMigration row, Resumption resumption) {
    Finding finding;
    try {
      finding = resumption.of(migration, own);
    } catch (MigrationException e) {
      // A plan reads it again and says so.
      found.waits(migration);
      return;
    }
    if (finding instanceof Finding.Stuck stuck) {
      found.mismatch(stuck.mismatch());
    } else if (finding instanceof Finding.GoesOn on) {
      Migration identity = migration.migration();
      boolean sameKey = identity.key().equals(row.migration().key());
      found.goesOn(migration, new Continued(sameKey ? identity : row.migration(), on.resume()));
      found.note(identity.label() + " stopped half-way, without a transaction ("
          + Disagreements.errorOf(row) + "); it " + on.resume().words() + ".");
    }
  }

  /**
   * One that stopped, and that this release has no script for. What a newer release has begun is its own affair, as what it
   * has applied is: an older one starts beside it.
   *
   * @param latest the application's highest version; {@code null} when it has none
   */
  void withoutScript(AppliedMigration row, @Nullable MigrationVersion latest) {
    Migration migration = row.migration();
    boolean ahead = switch (migration.kind()) {
      case VERSIONED -> !TrackedRows.within(migration.version(), latest);
      case REPEATABLE -> !found.future().isEmpty();
      case BASELINE -> false;
    };
    boolean rollback = row.action() == AppliedMigration.Action.ROLLBACK;
    if (!ahead || rollback) {
      found.known(MigrationState.PARTIALLY_APPLIED, null, row);
      found.mismatch(
          rollback
              ? Disagreements.halfRolledBack(migration, row)
              : Disagreements.partialWithoutScript(row));
      return;
    }
    switch (migration.kind()) {
      case VERSIONED -> found.future(row);
      case REPEATABLE, BASELINE -> found.known(MigrationState.PARTIALLY_APPLIED, null, row);
    }
    found.note(
        migration,
        "a newer release has begun it and is not through (" + Disagreements.errorOf(row)
            + "); it goes on with that release.");
  }
}
