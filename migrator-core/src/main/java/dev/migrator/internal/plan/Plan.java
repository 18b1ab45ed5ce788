package dev.migrator.internal.plan;

import dev.migrator.config.MigrationTarget;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.migration.Mismatch;
import dev.migrator.report.Action;
import dev.migrator.report.PlannedStep;
import java.util.List;
import java.util.Objects;

/**
 * What a run does, in order. Every script in it was read to its end.
 *
 * @param steps the steps
 */
public record Plan(List<Step> steps) {

  /** Keeps a copy. */
  public Plan {
    steps = List.copyOf(steps);
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The steps as a caller sees them. */
  public List<PlannedStep> planned() {
    return steps.stream().map(Step::planned).toList();
  }

  /**
   * The plan that brings the database to a target.
   *
   * @throws MigrationValidationException with every disagreement, when there is one
   * @throws MigrationException {@code CONFIGURATION_INVALID} for a target that no script has; {@code SCRIPT_UNREADABLE} or
   *     {@code SCRIPT_REFUSED} for a script that cannot run
   */
  public static Plan toApply(Comparison comparison, MigrationTarget target) {
    if (!comparison.mismatches().isEmpty()) {
      throw new MigrationValidationException(comparison.mismatches());
    }
    return new Plan(selected(comparison, target).stream().map(Plan::apply).toList());
  }

  /**
   * The plan that runs an applied migration once more.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when the version is not applied or has no script
   */
  public static Plan toReapply(Comparison comparison, MigrationVersion version) {
    return comparison.known().stream()
        .filter(k ->
            k.migration().version().equals(version) && k.resolved() != null && k.applied() != null)
        .findFirst()
        .map(k -> new Plan(List.of(apply(Objects.requireNonNull(k.resolved())))))
        .orElseThrow(() -> MigrationException.because(
                FailureCode.CONFIGURATION_INVALID,
                "version " + version + " is not applied, or has no script.")
            .done("nothing was changed.", List.of())
            .advice("'status' lists the applied versions.")
            .build());
  }

  /**
   * Reads a migration's scripts to their ends.
   *
   * @throws MigrationException when one of them cannot run
   */
  public static void requireReadable(ResolvedMigration migration) {
    apply(migration);
  }

  private static Step apply(ResolvedMigration migration) {
    return Step.read(Action.APPLY, migration.migration(), migration.script(), migration.down());
  }

  /**
   * What is pending within a target, without reading the scripts.
   *
   * @throws MigrationException as {@link #toApply}, for the target
   */
  public static List<ResolvedMigration> selected(Comparison comparison, MigrationTarget target) {
    List<ResolvedMigration> pending = comparison.pending();
    if (target instanceof MigrationTarget.UpTo upTo) {
      requireKnown(comparison, upTo.version());
      return pending.stream()
          .filter(m -> m.migration().version().compareTo(upTo.version()) <= 0)
          .toList();
    }
    if (target instanceof MigrationTarget.Only only) {
      requireKnown(comparison, only.version());
      return only(comparison, only.version());
    }
    if (target instanceof MigrationTarget.Steps steps) {
      return pending.subList(0, Math.min(steps.count(), pending.size()));
    }
    return pending;
  }

  private static List<ResolvedMigration> only(Comparison comparison, MigrationVersion version) {
    List<ResolvedMigration> chosen = comparison.pending().stream()
        .filter(m -> m.migration().version().equals(version))
        .toList();
    List<Mismatch> earlier = comparison.earlierThan(version).stream()
        .map(m -> new Mismatch(
            MigrationState.PENDING,
            m.migration(),
            "is pending and comes before " + version + "; applying " + version
                + " alone would put it out of order.",
            "Apply it first, or allow it (OutOfOrderPolicy.APPLY, --out-of-order apply)."))
        .toList();
    if (!chosen.isEmpty() && !earlier.isEmpty()) {
      throw new MigrationValidationException(earlier);
    }
    return chosen;
  }

  private static void requireKnown(Comparison comparison, MigrationVersion version) {
    if (comparison.known().stream().noneMatch(k -> k.migration().version().equals(version))) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID, "no migration has the version " + version + ".")
          .done("nothing was changed.", List.of())
          .advice("'status' lists the versions that are known.")
          .build();
    }
  }
}
