package dev.migrator;

import dev.migrator.internal.history.History;
import dev.migrator.internal.history.Outcome;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.report.MigrationStatus;
import dev.migrator.report.StatusReport;
import dev.migrator.report.ValidationReport;
import java.util.Map;
import java.util.Set;

/** Puts a comparison into the words that callers get. */
final class Reports {

  private Reports() {}

  static StatusReport status(History history, Comparison comparison) {
    Set<String> stored = history.storedVersions();
    Map<String, Outcome> outcomes = history.outcomes();
    return new StatusReport(
        history.located().database(),
        history.names().schema(),
        history.located().exists(),
        comparison.known().stream()
            .map(known -> status(known, stored, outcomes))
            .toList(),
        comparison.notes());
  }

  static ValidationReport validation(Comparison comparison) {
    return new ValidationReport(
        comparison.mismatches(),
        comparison.notes(),
        comparison.pending().stream().map(Resolved::migration).toList());
  }

  private static MigrationStatus status(
      Comparison.Known known, Set<String> stored, Map<String, Outcome> outcomes) {
    AppliedMigration applied = known.applied();
    boolean local = known.resolved() != null && known.resolved().hasRollback();
    boolean rollback =
        local || (applied != null && stored.contains(applied.migration().id()));
    if (applied == null) {
      return new MigrationStatus(
          known.migration(), known.state(), 0, null, null, null, rollback, null);
    }
    Outcome outcome = outcomes.getOrDefault(applied.migration().id(), Outcome.NONE);
    return new MigrationStatus(
        known.migration(),
        known.state(),
        applied.rank(),
        outcome.appliedAt(),
        outcome.executionTimeMs(),
        outcome.appliedBy(),
        rollback,
        applied.errorMessage());
  }
}
