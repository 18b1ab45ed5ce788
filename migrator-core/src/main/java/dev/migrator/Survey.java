package dev.migrator;

import dev.migrator.config.MigrationTarget;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.inspect.Refusals;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.OwnObjects;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.source.Script;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The look at scripts and tracking tables that every operation takes; it changes nothing and needs no lock. */
record Survey(Settings settings) {

  /**
   * The report of a run that has nothing to do, found as cheaply as can be; {@code null} when there is something to do, or
   * something is wrong.
   */
  @Nullable
  MigrationReport upToDate(
      Session session, Inventory resolved, MigrationTarget target, long started) {
    if (target instanceof MigrationTarget.Latest) {
      Inventory.AllApplied all = resolved.allApplied(
          session, settings.tracking().schema(), settings.tracking().table());
      if (all != null) {
        return Reports.upToDate(all, settings.permission().environment(), started);
      }
    }
    History history;
    List<AppliedMigration> applied;
    try {
      history = settings.locate(session);
      applied = history.read();
    } catch (MigrationException e) {
      throw Refusals.explain(session, settings.needs(Action.APPLY), e);
    }
    Comparison comparison = compare(resolved, history, applied);
    return comparison.mismatches().isEmpty()
            && Plan.selected(comparison, target).isEmpty()
        ? new Run(Action.APPLY, history.located(), settings.newAttempt(), started)
            .report(List.of(), comparison, List.of())
        : null;
  }

  /** Scripts and tracking tables, side by side. */
  Comparison compare(Inventory resolved, History history) {
    return compare(resolved, history, history.read());
  }

  /**
   * Scripts and tracking tables, side by side.
   *
   * @param applied what was read of the tables
   */
  Comparison compare(Inventory resolved, History history, List<AppliedMigration> applied) {
    List<String> changed = Comparison.changedRepeatables(resolved.migrations(), applied);
    List<String> partial = Comparison.partial(applied);
    return Comparison.of(
            resolved.migrations(),
            applied,
            changed.isEmpty() ? Map.of() : history.checksumsOf(changed),
            partial.isEmpty() ? Map.of() : history.journals(partial),
            settings.policies(),
            ownObjects(history))
        .noting(resolved.notes())
        .noting(Takeover.notes(history));
  }

  /** The down scripts that the database has kept, by version as recorded. */
  Map<String, Script> downScripts(History history) {
    return history.scripts().entrySet().stream()
        .collect(Collectors.toMap(
            Map.Entry::getKey,
            e -> settings.source().stored(e.getValue().path(), e.getValue().content())));
  }

  private OwnObjects ownObjects(History history) {
    TrackingNames names = history.names();
    return new OwnObjects(
        names.schema(),
        settings.scripts().searchPath().isEmpty()
            ? history.located().currentSchema()
            : settings.scripts().searchPath().get(0),
        names.stem(),
        names.records(),
        names.tables(),
        names.views());
  }
}
