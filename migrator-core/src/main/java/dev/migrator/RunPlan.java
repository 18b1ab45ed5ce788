package dev.migrator;

import dev.migrator.config.MigrationTarget;
import dev.migrator.config.PartialPolicy;
import dev.migrator.internal.history.History;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.RollbackPlan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Migration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run to a target does: it takes down what an earlier run left half-way, where that is configured, and applies what is
 * pending then. Both are known before anything runs, because a migration that was taken down has no row any more.
 *
 * @param comparison scripts and tracking tables, as they are when nothing of it is half-way any more
 * @param down what is taken down first; empty as a rule
 * @param up what is applied then
 * @param selected the migrations that are applied, as their location holds them
 */
record RunPlan(Comparison comparison, Plan down, Plan up, List<Resolved> selected) {

  /**
   * The plan of a run.
   *
   * @param done how many migrations of the target were applied before
   * @throws dev.migrator.migration.MigrationException as {@link Plan#toApply(Comparison, MigrationTarget)}; {@code
   *     ROLLBACK_IMPOSSIBLE} when something is to be taken down that has no down script
   */
  static RunPlan to(
      MigrationTarget target, Settings settings, Inventory resolved, History history, int done) {
    Survey survey = new Survey(settings);
    List<AppliedMigration> rows = history.read();
    Comparison found = survey.compare(resolved, history, rows);
    if (settings.conduct().partiallyApplied() != PartialPolicy.TAKE_DOWN
        || Comparison.partial(rows).isEmpty()) {
      return applying(found, Plan.NOTHING, target, done);
    }
    Plan down = RollbackPlan.ofPartial(found, survey.downScripts(history));
    Set<String> gone =
        down.steps().stream().map(Step::migration).map(Migration::id).collect(Collectors.toSet());
    Comparison then = survey.compare(
        resolved,
        history,
        rows.stream().filter(row -> !gone.contains(row.migration().id())).toList());
    return applying(then, down, target, done);
  }

  /** The plan of a run that begins. */
  static RunPlan to(
      MigrationTarget target, Settings settings, Inventory resolved, History history) {
    return to(target, settings, resolved, history, 0);
  }

  private static RunPlan applying(
      Comparison comparison, Plan down, MigrationTarget target, int done) {
    if (!(target instanceof MigrationTarget.Steps steps) || done == 0) {
      return new RunPlan(
          comparison,
          down,
          Plan.toApply(comparison, target),
          List.copyOf(Plan.selected(comparison, target)));
    }
    return done < steps.count()
        ? applying(comparison, down, MigrationTarget.steps(steps.count() - done), 0)
        : new RunPlan(comparison, down, Plan.NOTHING, List.of());
  }

  /** All of it, as it is shown and confirmed. */
  Plan whole() {
    return down.isEmpty()
        ? up
        : new Plan(Stream.concat(down.steps().stream(), up.steps().stream()).toList());
  }
}
