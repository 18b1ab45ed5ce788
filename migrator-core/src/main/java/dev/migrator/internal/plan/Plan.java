package dev.migrator.internal.plan;

import dev.migrator.config.MigrationTarget;
import dev.migrator.config.TransactionMode;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.migration.Mismatch;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.Action;
import dev.migrator.report.PlannedStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run does, in order. Every script in it was read to its end.
 *
 * @param steps the steps
 */
public record Plan(List<Step> steps) {

  /** Nothing at all. */
  public static final Plan NOTHING = new Plan(List.of());

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
   * What names exactly this plan, in 64 hexadecimal digits: pipelines keep it between the look at a plan and its run.
   *
   * @param mode which of its steps share a transaction
   * @param searchPath the schemas that scripts find names in; empty for the session's own
   * @param timeZone that of the scripts
   */
  public String digest(TransactionMode mode, List<String> searchPath, String timeZone) {
    return PlanDigest.of(this, mode, searchPath, timeZone);
  }

  /** What an operator should know of its steps. */
  public List<String> notes() {
    return steps.stream()
        .filter(step -> !step.remark().isEmpty())
        .map(step -> step.migration().label() + ": " + step.remark() + ".")
        .toList();
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
    return new Plan(selected(comparison, target).stream()
        .map(migration -> Step.apply(
            migration,
            comparison.isAppliedAgain(migration),
            comparison.own(),
            comparison.continued(migration)))
        .toList());
  }

  /**
   * Checks that the steps can share one transaction.
   *
   * @throws MigrationException {@code SCRIPT_REFUSED} when one of them needs to run without, or begins its own with options
   */
  public void requireOneTransaction() {
    for (Step step : steps) {
      if (!(step.work() instanceof Work.Sql sql)) {
        throw notShared(
            step,
            "it is written in Java, and what its code leaves in the session cannot be foreseen",
            null);
      }
      if (step.resume() != null) {
        throw notShared(step, "a part of it has run already without one", null);
      }
      ParsedScript.Reason reason = sql.parsed().withoutTransaction();
      if (reason != null) {
        throw notShared(step, reason.words(), reason.position());
      }
      if (!sql.parsed().hasPlainBegin()) {
        throw notShared(
            step, "it begins its transaction with '" + sql.parsed().begin() + "'", null);
      }
    }
  }

  /**
   * Checks that no step needs the session to stay the same between two transactions.
   *
   * @param advice how to give the engine such a session
   * @throws MigrationException {@code CONNECTION_UNUSABLE} when one of them runs without a transaction
   */
  public void requireTransactions(String advice) {
    for (Step step : steps) {
      if (!step.work().isTransactional()) {
        ParsedScript.Reason reason =
            step.work() instanceof Work.Sql sql ? sql.parsed().withoutTransaction() : null;
        throw MigrationException.because(
                FailureCode.CONNECTION_UNUSABLE,
                (step.action() == Action.ROLLBACK ? "the rollback of " : "")
                    + step.migration().label() + " cannot run through a connection pooler: "
                    + step.work().nonTransactionalReason()
                    + ", and from one transaction to the next the pooler may hand over another session of the"
                    + " server, which neither holds the lock nor has our settings.")
            .at(reason == null ? null : reason.position())
            .done("nothing was run.", List.of())
            .advice(advice)
            .build();
      }
    }
  }

  private static MigrationException notShared(
      Step step, String reason, @Nullable SourcePosition position) {
    return MigrationException.because(
            FailureCode.SCRIPT_REFUSED,
            step.migration().label() + " cannot share one transaction with the others: " + reason
                + ".")
        .at(position)
        .done("nothing was run.", List.of())
        .advice("run with TransactionMode.PER_MIGRATION (without --single-transaction).")
        .build();
  }

  /**
   * The plan that runs an applied migration once more.
   *
   * @param name its version, or its whole id
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is not applied or has no script
   */
  public static Plan toReapply(Comparison comparison, String name) {
    for (Comparison.Known known : comparison.known()) {
      Resolved resolved = known.resolved();
      AppliedMigration applied = known.applied();
      if (resolved != null
          && applied != null
          && applied.isApplied()
          && applied.migration().isCalled(name)) {
        return new Plan(List.of(Step.again(applied.migration(), resolved, comparison.own())));
      }
    }
    throw notApplied(name);
  }

  private static MigrationException notApplied(String version) {
    return MigrationException.because(
            FailureCode.CONFIGURATION_INVALID,
            "version " + version + " is not applied, or has no script.")
        .done("nothing was changed.", List.of())
        .advice("'status' lists the applied versions.")
        .build();
  }

  /**
   * Reads the scripts of what is pending to their ends.
   *
   * @throws MigrationException when one of them cannot run
   */
  public static void requireReadable(Comparison comparison) {
    comparison.pending().forEach(migration -> Step.apply(migration, false, comparison.own(), null));
  }

  /**
   * What is pending within a target, without reading the scripts.
   *
   * @throws MigrationException as {@link #toApply}, for the target
   */
  public static List<Resolved> selected(Comparison comparison, MigrationTarget target) {
    List<Resolved> pending = comparison.pending();
    if (target instanceof MigrationTarget.UpTo upTo) {
      requireKnown(comparison, upTo.version());
      return comparison.pendingWithin(upTo.version());
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

  private static List<Resolved> only(Comparison comparison, MigrationVersion version) {
    List<Resolved> chosen = comparison.pendingWithin(version).stream()
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
