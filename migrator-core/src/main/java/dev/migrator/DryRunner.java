package dev.migrator;

import dev.migrator.config.DryRun;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.RollbackPlan;
import dev.migrator.internal.rows.Sample;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DryRunReport;
import dev.migrator.report.LintReport;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.TraceReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries a plan where nothing of it stays, other than in the database itself.
 *
 * @param trial the operation that this is
 */
record DryRunner(Operation trial) {

  private static final Set<FailureCode> REFUSALS =
      EnumSet.of(FailureCode.DESTRUCTION_BLOCKED, FailureCode.LINT_FAILED);

  /** A database that is only looked at. */
  private record Looked(Operation operation, Session session) implements Ground {}

  private Settings settings() {
    return trial.settings();
  }

  private static final String NOWHERE =
      "Nothing was run: no throw-away server was named (--server embedded, container or a URL), so this is the plan alone.";

  private static final String UNJUDGED =
      "What the migrations behind the take-down destroy is judged by the run, when the half is gone.";

  /**
   * Tries what is pending.
   *
   * @param trace runs a trace so that it can be cancelled
   */
  DryRunReport run(DryRun how, MigrationTarget target, Function<Tracing, TraceReport> trace) {
    Settings settings = settings();
    Inventory resolved = settings.source().takeScripts();
    try (Session session = Session.open(settings.database().dataSource())) {
      History history = settings.locate(session);
      RunPlan run = RunPlan.to(target, settings, resolved, history);
      Found found = found(new Looked(trial, session), history, resolved, run);
      return tried(
          found,
          how,
          session,
          history,
          () -> Origin.ahead(settings, history, resolved, run, session),
          trace);
    }
  }

  /**
   * Tries to take back what a rollback would.
   *
   * @param how not in the database itself
   */
  DryRunReport rollback(DryRun how, RollbackTarget target, Function<Tracing, TraceReport> trace) {
    Settings settings = settings();
    Inventory resolved = settings.source().takeScripts();
    try (Session session = Session.open(settings.database().dataSource())) {
      Survey survey = new Survey(settings);
      History history = settings.locate(session);
      Comparison comparison = survey.compare(resolved, history);
      Plan plan = RollbackPlan.of(comparison, survey.downScripts(history), target, 0);
      List<String> notes = new ArrayList<>();
      LintGate gate = new LintGate(new Looked(trial, session));
      Found found = new Found(
          Reports.plan(settings, history, plan, comparison),
          null,
          refusal(() -> gate.passRollback(plan, resolved), notes),
          notes);
      return tried(
          found,
          how,
          session,
          history,
          () -> Origin.back(settings, history, resolved, comparison, plan, session),
          trace);
    }
  }

  private DryRunReport tried(
      Found found,
      DryRun how,
      Session session,
      History history,
      Supplier<Origin> origin,
      Function<Tracing, TraceReport> trace) {
    if (found.plan().steps().isEmpty()) {
      return found.report(null);
    }
    if (how.server() == null) {
      found.notes.add(NOWHERE);
      return found.report(null);
    }
    return found.report(traced(how, session, history, origin, found.notes, trace));
  }

  /** Tries what is pending in the database itself. */
  DryRunReport inDatabase(Held held, MigrationTarget target, Inventory resolved) {
    RunPlan run = held.plan(target, resolved);
    Plan whole = run.whole();
    if (!whole.isEmpty()) {
      held.admit(whole);
      new ProductionGate(settings()).pass(whole);
    }
    Found found = found(held, held.history(), resolved, run);
    return found.report(whole.isEmpty() ? null : new InDatabase(held).run(whole, found.notes));
  }

  /**
   * What can be told of a run without trying it.
   *
   * @param lint what the lint finds; {@code null} where nothing is to run
   * @param refusal why the run would be refused; {@code null} where it would not
   * @param notes may be added to
   */
  private record Found(
      MigrationPlan plan,
      @Nullable LintReport lint,
      @Nullable FailureCode refusal,
      List<String> notes) {

    DryRunReport report(@Nullable TraceReport traced) {
      return new DryRunReport(plan, lint, refusal, traced, notes);
    }
  }

  private Found found(Ground ground, History history, Inventory resolved, RunPlan run) {
    MigrationPlan planned = Reports.plan(settings(), history, run.whole(), run.comparison());
    List<String> notes = new ArrayList<>();
    if (run.whole().isEmpty()) {
      return new Found(planned, null, null, notes);
    }
    LintGate gate = new LintGate(ground);
    FailureCode refusal;
    if (run.down().isEmpty()) {
      refusal = refusal(() -> gate.pass(run.up(), run.comparison()), notes);
    } else {
      refusal = refusal(() -> gate.passTakeDown(run.down(), resolved), notes);
      notes.add(UNJUDGED);
    }
    return new Found(planned, lint(resolved, run, ground.session()), refusal, notes);
  }

  /** Why the run would be refused for what its statements do; {@code null} where it would not. */
  private static @Nullable FailureCode refusal(Runnable gate, List<String> notes) {
    try {
      gate.run();
      return null;
    } catch (MigrationException e) {
      if (!REFUSALS.contains(e.code())) {
        throw e;
      }
      notes.add("The run would be refused: " + Reports.problem(e));
      return e.code();
    }
  }

  /** What the lint finds in what is to run, on what is there and what the others made. */
  private LintReport lint(Inventory resolved, RunPlan run, Session session) {
    return settings()
        .linter()
        .together(
            resolved.migrations().stream()
                .filter(each -> !run.comparison().pending().contains(each))
                .toList(),
            run.selected(),
            session);
  }

  private Consumer<ScratchDatabase> sample(
      Session session, History history, int rows, List<String> notes) {
    Sample sample = new Sample(session, Tracing.tables(history.names()), rows, new Sample.Guard() {

      @Override
      public void over(Session at, Runnable work) {
        trial.watch().over(at, false, () -> {
          work.run();
          return true;
        });
      }

      @Override
      public void check() {
        trial.check();
      }
    });
    return database -> {
      try (Session copy = database.open()) {
        notes.addAll(sample.into(copy));
      }
    };
  }

  private @Nullable TraceReport traced(
      DryRun how,
      Session session,
      History history,
      Supplier<Origin> origin,
      List<String> notes,
      Function<Tracing, TraceReport> trace) {
    try {
      Origin before = origin.get();
      trial.check();
      return trace.apply(new Tracing(
          how.sampleRows() == 0
              ? before
              : before.with(sample(session, history, how.sampleRows(), notes))));
    } catch (MigrationException e) {
      boolean unavailable = e.code() == FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE
          || e.code() == FailureCode.CONFIGURATION_INVALID;
      if (how.fallback() == DryRun.Fallback.FAIL || !unavailable) {
        throw e;
      }
      notes.add("Nothing was run, this is the plan alone: "
          + e.getMessage().lines().findFirst().orElse(""));
      return null;
    }
  }
}
