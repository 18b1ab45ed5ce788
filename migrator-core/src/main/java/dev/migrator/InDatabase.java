package dev.migrator;

import dev.migrator.internal.backup.ServerMoment;
import dev.migrator.internal.inspect.SequencePositions;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.internal.sql.OutsideStatements;
import dev.migrator.internal.trace.StatementTracer;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.OutsideEffect;
import dev.migrator.report.OutsideStatement;
import dev.migrator.report.OutsideStatement.Evidence;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedMigration;
import dev.migrator.report.TracedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan that is tried in the database itself, in one transaction that is rolled back. */
record InDatabase(Held held) {

  private static final String LOCKS =
      "Every lock was taken in the database itself and held until the rollback.";

  /** Roles, databases and tablespaces are in catalogs, which are rolled back. */
  private static final Set<OutsideEffect> STAYS = EnumSet.of(
      OutsideEffect.PROGRAM,
      OutsideEffect.SERVER_FILE,
      OutsideEffect.FOREIGN_SERVER,
      OutsideEffect.SUBSCRIPTION,
      OutsideEffect.PREPARED_TRANSACTION,
      OutsideEffect.SERVER_CONFIGURATION);

  /**
   * Tries a plan.
   *
   * @throws MigrationException {@code SCRIPT_REFUSED} when something of it cannot be rolled back
   */
  TraceReport run(Plan plan, List<String> notes) {
    requireUndoable(plan, notes);
    long started = System.nanoTime();
    Session session = held.session();
    SequencePositions before = SequencePositions.of(session);
    StatementTracer tracer = StatementTracer.sparing();
    List<TracedMigration> traced = new ArrayList<>();
    try {
      held.rehearse(plan, tracer, step -> {
        traced.add(traced(step, tracer.statements(), null));
        tracer.next();
      });
    } catch (MigrationException e) {
      if (e.code() != FailureCode.MIGRATION_FAILED
          || traced.size() >= plan.steps().size()) {
        throw e;
      }
      traced.add(traced(plan.steps().get(traced.size()), tracer.statements(), e));
    }
    notes.add(LOCKS);
    notes.addAll(SequencePositions.of(session).movedSince(before));
    return new TraceReport(
        "PostgreSQL " + ServerMoment.of(session).version(),
        "the database itself, in one transaction that was rolled back",
        traced,
        List.of(),
        Duration.ofNanos(System.nanoTime() - started));
  }

  private static TracedMigration traced(
      Step step, List<TracedStatement> statements, @Nullable MigrationException failure) {
    return new TracedMigration(
        step.action(),
        step.migration(),
        true,
        statements,
        "",
        failure == null
            ? null
            : new TracedMigration.Failure(failure.code(), String.valueOf(failure.getMessage())),
        List.of(),
        statements.stream().map(TracedStatement::duration).reduce(Duration.ZERO, Duration::plus));
  }

  private static void requireUndoable(Plan plan, List<String> notes) {
    plan.requireOneTransaction();
    for (Step step : plan.steps()) {
      if (step.work() instanceof Work.Sql sql) {
        for (OutsideStatement outside : OutsideStatements.of(step.migration(), sql.parsed())) {
          if (outside.evidence() == Evidence.HIDDEN) {
            notes.add(outside.words() + ": what it does outside the database stays.");
          } else if (!Collections.disjoint(outside.effects(), STAYS)) {
            throw refused(outside);
          }
        }
      }
    }
  }

  private static MigrationException refused(OutsideStatement outside) {
    return MigrationException.because(
            FailureCode.SCRIPT_REFUSED,
            "a dry run in the database is rolled back, and this does what no rollback undoes.")
        .at(outside.position())
        .detail(outside.words())
        .done("nothing was run.", List.of())
        .advice("try it on a throw-away server: --server embedded, or container, or a URL.")
        .build();
  }
}
