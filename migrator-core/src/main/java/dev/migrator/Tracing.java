package dev.migrator;

import dev.migrator.config.MigrationTarget;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.FillReport;
import dev.migrator.internal.rows.Filling;
import dev.migrator.internal.rows.RowGenerator;
import dev.migrator.internal.rows.TableName;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.internal.scratch.ScratchServer;
import dev.migrator.internal.trace.StatementTracer;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.PlannedStep;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedMigration;
import dev.migrator.report.TracedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies migrations on a throw-away database, one by one, and tells what each statement did there.
 *
 * <p>Each is traced on a copy in which every table has a row, because a table without one hides that it is read from end to
 * end; then it is applied to the database without those rows, so that the next one begins as it would in earnest.
 */
final class Tracing {

  /** What is said of the migration itself, and not of server and connection. */
  private static final Set<FailureCode> VERDICTS =
      Set.of(FailureCode.MIGRATION_FAILED, FailureCode.ROLLBACK_FAILED, FailureCode.LOCK_LOST);

  /** What would be taken for the end of the run that is tried. */
  private static final Set<FailureCode> OF_A_RUN = Set.of(
      FailureCode.MIGRATION_FAILED,
      FailureCode.ROLLBACK_FAILED,
      FailureCode.CONNECTION_LOST,
      FailureCode.LOCK_LOST);

  private static final String CODE =
      "it is written in Java: what its code does is not told statement by statement";

  private final Origin origin;
  private final Set<String> notes = new LinkedHashSet<>();
  private volatile @Nullable MigrationEngine running;
  private volatile boolean cancelled;

  Tracing(Origin origin) {
    this.origin = origin;
    this.notes.addAll(origin.notes());
  }

  /**
   * Traces everything that is to be traced.
   *
   * @throws MigrationException as {@link Replay#on}, {@code CANCELLED}, and what concerns server and connections; a migration
   *     that fails is in the report
   */
  TraceReport on(ThrowAwayServer choice) {
    long started = System.nanoTime();
    try (ScratchServer server = ScratchServer.open(choice)) {
      server.refuseHarm(origin.outside());
      server.createMissing(origin.outside());
      List<TracedMigration> traced = new ArrayList<>();
      ScratchDatabase pristine = server.create(this::begin);
      Optional<ScratchDatabase> reached = through(pristine, traced, origin.back(), this::takeBack);
      if (reached.isPresent() && origin.forth() == Origin.Forth.PENDING) {
        List<PlannedStep> pending = origin.there(reached.get()).plan().steps();
        through(reached.get(), traced, pending, this::apply);
      }
      return new TraceReport(
          server.title(),
          origin.state(),
          traced,
          List.copyOf(notes),
          Duration.ofNanos(System.nanoTime() - started));
    }
  }

  /** Traces steps one after the other; the database in which all of them are done, unless one failed. */
  private Optional<ScratchDatabase> through(
      ScratchDatabase beginning, List<TracedMigration> traced, List<PlannedStep> steps, Move move) {
    ScratchDatabase pristine = beginning;
    for (PlannedStep step : steps) {
      Scene scene = next(pristine, step, move);
      traced.add(scene.traced());
      if (scene.traced().failure() != null) {
        return Optional.empty();
      }
      pristine = scene.after();
    }
    return Optional.of(pristine);
  }

  /** Stops it as soon as is safe; from any thread. */
  void cancel() {
    cancelled = true;
    MigrationEngine engine = running;
    if (engine != null) {
      engine.cancel();
    }
  }

  /** Does a step with an engine. */
  @FunctionalInterface
  private interface Move {

    MigrationReport make(MigrationEngine engine, PlannedStep step);
  }

  private MigrationReport apply(MigrationEngine engine, PlannedStep step) {
    return run(engine, () -> engine.migrate(MigrationTarget.steps(1)));
  }

  private MigrationReport takeBack(MigrationEngine engine, PlannedStep step) {
    return run(engine, () -> engine.takeBack(step.migration()));
  }

  /**
   * A migration that was traced.
   *
   * @param after the database in which it is done
   */
  private record Scene(TracedMigration traced, ScratchDatabase after) {}

  private Scene next(ScratchDatabase pristine, PlannedStep step, Move move) {
    List<String> limits = new ArrayList<>();
    ScratchDatabase filled = pristine.copy();
    fill(filled, limits);
    Attempt attempt = attempt(filled, step, move);
    if (attempt.failure() != null) {
      String refusal = Reports.problem(attempt.failure());
      filled.close();
      filled = pristine.copy();
      attempt = attempt(filled, step, move);
      if (attempt.failure() != null) {
        return new Scene(attempt.traced(step, limits), filled);
      }
      limits.add(
          "it does not run on a generated row, so it was traced without: scans of empty tables are not seen ("
              + refusal + ")");
      pristine.close();
      return new Scene(attempt.traced(step, limits), filled);
    }
    try {
      MigrationReport report = move.make(origin.there(pristine), step);
      filled.close();
      return new Scene(attempt.traced(step, limits).taking(duration(report)), pristine);
    } catch (MigrationException e) {
      requireVerdict(e);
      filled.close();
      return new Scene(attempt.failing(e).traced(step, limits), pristine);
    }
  }

  /**
   * What came of a migration.
   *
   * @param statements what its statements did
   */
  private record Attempt(
      List<TracedStatement> statements, @Nullable MigrationException failure) {

    Attempt failing(MigrationException with) {
      return new Attempt(statements, with);
    }

    TracedMigration traced(PlannedStep step, List<String> limits) {
      MigrationException failed = failure;
      return new TracedMigration(
          step.action(),
          step.migration(),
          step.transactional(),
          statements,
          step.statements() == 0 && statements.isEmpty() ? CODE : "",
          failed == null
              ? null
              : new TracedMigration.Failure(failed.code(), String.valueOf(failed.getMessage())),
          limits,
          statements.stream().map(TracedStatement::duration).reduce(Duration.ZERO, Duration::plus));
    }
  }

  private Attempt attempt(ScratchDatabase database, PlannedStep step, Move move) {
    StatementTracer tracer = new StatementTracer(database::open);
    try {
      move.make(new MigrationEngine(origin.settings(database).watchedBy(tracer)), step);
      return new Attempt(tracer.statements(), null);
    } catch (MigrationException e) {
      requireVerdict(e);
      return new Attempt(tracer.statements(), e);
    }
  }

  /** What fails here says nothing of the migrations that are traced, nor of the connection that holds the lock. */
  private void begin(ScratchDatabase database) {
    try {
      origin.begin(database, stage);
    } catch (MigrationException e) {
      if (!OF_A_RUN.contains(e.code())) {
        throw e;
      }
      throw MigrationException.because(
              FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE,
              "the state before could not be made anew: " + Reports.problem(e))
          .at(e.position().orElse(null))
          .sqlState(e.sqlState().orElse(null))
          .done("nothing was changed in the database.", List.of())
          .advice(e.advice())
          .cause(e)
          .build();
    }
  }

  /** Where the state before is brought about. */
  private final Origin.Stage stage = new Origin.Stage() {

    @Override
    public void apply(MigrationEngine engine) {
      run(engine, engine::migrate);
    }

    @Override
    public void check() {
      requireWanted();
    }

    @Override
    public void note(String limit) {
      notes.add(limit);
    }
  };

  private void requireWanted() {
    if (cancelled) {
      throw MigrationException.because(FailureCode.CANCELLED, "somebody cancelled the trace.")
          .done("the throw-away databases are dropped.", List.of())
          .advice("trace again.")
          .build();
    }
  }

  private MigrationReport run(MigrationEngine engine, Supplier<MigrationReport> work) {
    running = engine;
    try {
      requireWanted();
      return work.get();
    } finally {
      running = null;
    }
  }

  private static void requireVerdict(MigrationException failure) {
    if (!VERDICTS.contains(failure.code())) {
      throw failure;
    }
  }

  private void fill(ScratchDatabase database, List<String> limits) {
    Settings settings = origin.settings(database);
    try (Session session = Rehearsal.asScripts(settings, database.open())) {
      Set<TableName> own = tables(settings.locate(session).names());
      RowGenerator.fillEmpty(session, Filling.single().except(own)).unfilled().stream()
          .map(FillReport.Unfilled::text)
          .forEach(text -> limits.add(text + "; scans of it are not seen"));
    }
  }

  /** The engine's own tables, whose rows are not the application's. */
  static Set<TableName> tables(TrackingNames names) {
    return Stream.of(names.records(), names.tables())
        .flatMap(Set::stream)
        .map(name -> new TableName(names.schema(), name))
        .collect(Collectors.toSet());
  }

  private static Duration duration(MigrationReport report) {
    return report.steps().isEmpty() ? Duration.ZERO : report.steps().get(0).duration();
  }
}
