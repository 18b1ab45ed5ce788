package dev.migrator;

import dev.migrator.config.Environment;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.Outcome;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.MigrationStatus;
import dev.migrator.report.SafetyReport;
import dev.migrator.report.StatusReport;
import dev.migrator.report.ValidationReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

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

  /** What an operation says that wrote nothing, and so has no rows that carry its id. */
  static MigrationReport upToDate(
      Inventory.AllApplied applied, Environment environment, long started) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new MigrationReport(
        // Of version 4 by its bits; UUID.randomUUID() would set up the platform's secure random
        // numbers.
        new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE),
        Action.APPLY,
        applied.located().database(),
        applied.located().names().schema(),
        environment.stored(),
        List.of(),
        applied.notes(),
        List.of(),
        null,
        SafetyReport.NONE,
        Duration.ofNanos(System.nanoTime() - started));
  }

  /** What failed, in a sentence: the first line of a message without its code. */
  static String problem(MigrationException failure) {
    String first = failure.getMessage().lines().findFirst().orElse("");
    return first.substring(first.indexOf("] ") + 1).strip();
  }

  static MigrationPlan plan(Settings settings, History history, Plan plan, Comparison comparison) {
    return new MigrationPlan(
        history.names().schema(),
        settings.permission().environment().stored(),
        plan.planned(),
        comparison.future(),
        Stream.concat(comparison.notes().stream(), plan.notes().stream()).toList(),
        settings.digest(plan));
  }

  /** The texts of scripts, by id. */
  static Map<String, String> texts(List<? extends Resolved> migrations) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Resolved resolved : migrations) {
      if (resolved instanceof ResolvedMigration scripted) {
        texts.put(scripted.migration().id(), scripted.script().text());
      }
    }
    return texts;
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
