package dev.migrator;

import dev.migrator.config.DriftReference;
import dev.migrator.config.DryRun;
import dev.migrator.config.Environment;
import dev.migrator.config.Limits;
import dev.migrator.config.LintScope;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.Restore;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.Safeguards;
import dev.migrator.config.StatementOutcome;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.config.TransactionMode;
import dev.migrator.internal.execute.Watch;
import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.RollbackPlan;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.report.Action;
import dev.migrator.report.BackupReport;
import dev.migrator.report.CheckReport;
import dev.migrator.report.DriftReport;
import dev.migrator.report.DryRunReport;
import dev.migrator.report.ExpectedLocks;
import dev.migrator.report.HistoryReport;
import dev.migrator.report.LintReport;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.RestoreReport;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.report.StatusReport;
import dev.migrator.report.TraceReport;
import dev.migrator.report.ValidationReport;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings a PostgreSQL database to the state that a folder of SQL scripts, and migrations written in Java, describe.
 *
 * <p>An engine is immutable and may be shared between threads; each operation uses one connection of its own, which it
 * hands back as it found it. Every operation throws {@link MigrationException}, whose {@link FailureCode} says why; an
 * operation that only reads ({@link #plan()}, {@link #status()}, {@link #validate()}) writes nothing and takes no lock.
 */
public final class MigrationEngine {

  private final Settings settings;
  private final Survey survey;
  private final UnderWay underWay = new UnderWay();

  MigrationEngine(Settings settings) {
    this.settings = settings;
    this.survey = new Survey(settings);
  }

  /** Begins an engine. */
  public static MigrationEngineBuilder builder() {
    return new MigrationEngineBuilder();
  }

  /**
   * Applies everything that is pending.
   *
   * @throws MigrationException as {@link #migrate(MigrationTarget)}
   */
  public MigrationReport migrate() {
    return migrate(MigrationTarget.latest());
  }

  /**
   * Applies what is pending, up to a target. When nothing is, it takes no lock; and where exactly what the application
   * has is applied, it costs two queries.
   *
   * <p>A migration that fails leaves those before it applied; a transactional one leaves nothing of itself behind.
   *
   * @throws dev.migrator.migration.MigrationValidationException with every disagreement of scripts and database
   * @throws dev.migrator.report.PostflightFailedException with the report, when the checks after the run are required and
   *     one failed
   * @throws MigrationException {@code NOT_WRITABLE}, {@code SERVER_TOO_OLD}, {@code PRIVILEGES_MISSING}, {@code
   *     PRODUCTION_UNCONFIRMED}, {@code DESTRUCTION_BLOCKED}, {@code LINT_FAILED}, {@code PREFLIGHT_FAILED}, {@code
   *     DRY_RUN_FAILED}, {@code THROW_AWAY_DATABASE_UNAVAILABLE}, {@code BACKUP_FAILED}, {@code LOCK_TIMEOUT}, {@code
   *     MIGRATION_FAILED}, {@code CANCELLED}, {@code INTERRUPTED}, {@code OUT_OF_TIME} and every code that concerns
   *     locations, scripts, connection and tracking table
   */
  public MigrationReport migrate(MigrationTarget target) {
    long started = System.nanoTime();
    boolean all = target instanceof MigrationTarget.Latest;
    Inventory resolved = all ? settings.source().take() : settings.source().takeScripts();
    try (Session session = Session.open(settings.database().dataSource())) {
      MigrationReport upToDate = survey.upToDate(session, resolved, target, started);
      if (upToDate != null) {
        return upToDate;
      }
      BackupGate.prepare(settings, session);
      return underLock(Action.APPLY, session, started, held -> {
        AutomaticRollback rollback =
            new AutomaticRollback(settings.conduct().onFailure(), held, resolved);
        rollback.resume();
        Gates gates = new Gates(held);
        RunPlan run = held.plan(target, resolved);
        if (settings.conduct().transactionMode() == TransactionMode.SINGLE) {
          run.up().requireOneTransaction();
        }
        rollback.requirePossible(run.up());
        held.admit(run.whole());
        if (!run.down().isEmpty()) {
          gates.passTakeDown(run, resolved, ahead(held, resolved, run));
          held.install(run.comparison());
          gates.record();
          held.rollBack(run.down());
          run = held.plan(target, resolved);
        }
        Plan plan = run.up();
        if (plan.isEmpty()) {
          // Not always up to date: the connection may have been lost behind the last migration.
          gates.lookBack();
          return gates.settle(held.report(run.comparison()));
        }
        gates.pass(run, ahead(held, resolved, run));
        SchemaSnapshot found = held.operation().fingerprints().compareWithLastRun(held);
        held.install(run.comparison());
        gates.record();
        Ranks ranks = Ranks.after(held.history().read());
        held.showPending(plan, ranks);
        rollback.around(
            () -> held.execute(plan, settings.conduct().transactionMode(), ranks::of, found));
        gates.lookBack();
        return gates.settle(held.report(run.comparison()));
      });
    }
  }

  private DryRuns ahead(Held held, Inventory resolved, RunPlan run) {
    return server -> trace(
        new Tracing(Origin.ahead(settings, held.history(), resolved, run, held.session())), server);
  }

  /**
   * What {@link #migrate()} would do.
   *
   * @throws MigrationException as {@link #migrate(MigrationTarget)} would, before anything runs
   */
  public MigrationPlan plan() {
    return plan(MigrationTarget.latest());
  }

  /**
   * What {@link #migrate(MigrationTarget)} would do.
   *
   * @throws MigrationException as {@link #migrate(MigrationTarget)} would, before anything runs
   */
  public MigrationPlan plan(MigrationTarget target) {
    Inventory resolved = settings.source().takeScripts();
    try (Session session = Session.open(settings.database().dataSource())) {
      History history = settings.locate(session);
      RunPlan run = RunPlan.to(target, settings, resolved, history);
      return Reports.plan(settings, history, run.whole(), run.comparison());
    }
  }

  /**
   * What {@link #rollback} would do.
   *
   * @throws MigrationException as {@link #rollback} would, before anything runs
   */
  public MigrationPlan planRollback(RollbackTarget target) {
    return look((history, comparison) -> Reports.plan(
        settings,
        history,
        RollbackPlan.of(comparison, survey.downScripts(history), target, 0),
        comparison));
  }

  /**
   * Every migration, resolved or applied, with its state; disagreements are states, not errors.
   *
   * @throws MigrationException when locations, connection or tracking table cannot be read
   */
  public StatusReport status() {
    return look(Reports::status);
  }

  /**
   * Whether scripts and database agree; pending migrations are no disagreement.
   *
   * @throws MigrationException when locations, scripts, connection or tracking table cannot be read
   */
  public ValidationReport validate() {
    return look((history, comparison) -> {
      Plan.requireReadable(comparison);
      return Reports.validation(comparison);
    });
  }

  /**
   * What was done in the database and by whom, failures too, newest first. Writes nothing and takes no lock.
   *
   * @param limit how many rows at most, from 1 on
   * @throws MigrationException when connection or tracking table cannot be read
   */
  public HistoryReport history(int limit) {
    return new AuditTrail(settings).latest(limit, null);
  }

  /**
   * The same of one migration.
   *
   * @param version its version, or the id of a migration that has none of its own ({@code R:name}, {@code 0003~name})
   * @throws IllegalArgumentException when the text is neither
   */
  public HistoryReport history(int limit, String version) {
    return new AuditTrail(settings).latest(limit, version);
  }

  /**
   * What the lint finds in the scripts that are pending, or in all of them; {@link ScriptLint} does it without a database.
   *
   * @param scope which of them
   * @throws MigrationException when locations, scripts, connection or tracking table cannot be read; {@code
   *     CONFIGURATION_INVALID} for a rule that does not exist
   */
  public LintReport lint(LintScope scope) {
    Inventory resolved = settings.source().takeScripts();
    Linter linter = settings.linter();
    try (Session session = Session.open(settings.database().dataSource())) {
      if (scope == LintScope.ALL) {
        return linter.apart(resolved.migrations(), session);
      }
      Comparison comparison = survey.compare(resolved, settings.locate(session));
      List<Resolved> pending = comparison.pending();
      return linter.together(
          resolved.migrations().stream().filter(each -> !pending.contains(each)).toList(),
          pending,
          session);
    }
  }

  /**
   * What the migrations have to do with the server around their database: for whoever is to run them on a throw-away one. Needs
   * no connection.
   *
   * @throws MigrationException when locations or scripts cannot be read
   */
  public OutsideReport outside() {
    return Outside.of(settings.source().takeScripts().migrations());
  }

  /**
   * The texts of the scripts that the application has, by the migration's id, as they are written: no placeholder is replaced.
   * What is written in Java has none. Needs no connection.
   *
   * @throws MigrationException when locations or scripts cannot be read
   */
  public Map<String, String> scriptTexts() {
    return Reports.texts(settings.source().takeScripts().migrations());
  }

  /**
   * The locks that the scripts which the application has let expect, by the migration's id. Needs no connection.
   *
   * @throws MigrationException when locations or scripts cannot be read
   */
  public Map<String, ExpectedLocks> expectedLocks() {
    return LockExpectation.of(settings.source().takeScripts().migrations());
  }

  /**
   * Undoes applied migrations, latest first, with their down scripts: the local one where it is the one that was stored
   * when the migration was applied, else the stored one.
   *
   * @throws MigrationException {@code ROLLBACK_IMPOSSIBLE} with every migration that has no down script, before anything
   *     runs; {@code ROLLBACK_FAILED}; {@code DRY_RUN_FAILED} and what concerns throw-away databases, where a dry run is
   *     required; and what concerns confirmation, lock, connection and tracking table
   */
  public MigrationReport rollback(RollbackTarget target) {
    Inventory resolved = settings.source().takeScripts();
    return underLock(Action.ROLLBACK, held -> {
      Comparison comparison = held.compare(resolved);
      Plan plan = RollbackPlan.of(
          comparison, held.downScripts(), target, held.progress().done().size());
      if (plan.isEmpty()) {
        return held.report(comparison);
      }
      held.admit(plan);
      new Gates(held)
          .passRollback(
              plan,
              comparison,
              resolved,
              server -> trace(
                  new Tracing(Origin.back(
                      settings, held.history(), resolved, comparison, plan, held.session())),
                  server));
      held.install(comparison);
      held.rollBack(plan);
      return held.report(comparison);
    });
  }

  /** Undoes one migration, or takes it down where it is half-way; on a throw-away database, where nobody has to be asked. */
  MigrationReport takeBack(Migration migration) {
    Inventory resolved = settings.source().takeScripts();
    return underLock(Action.ROLLBACK, held -> {
      Comparison comparison = held.compare(resolved);
      Plan plan = RollbackPlan.ofOne(comparison, held.downScripts(), migration);
      if (!plan.isEmpty()) {
        held.admit(plan);
        held.install(comparison);
        held.rollBack(plan);
      }
      return held.report(comparison);
    });
  }

  /**
   * Declares that a database which existed before Migrator is at a version: migrations up to it never run.
   *
   * @param version the version
   * @throws IllegalArgumentException when the text is not a version
   * @throws MigrationException {@code CONFIGURATION_INVALID} when migrations are applied already; and what concerns
   *     confirmation, lock, connection and tracking table
   */
  public MigrationReport baseline(String version) {
    Migration baseline = Baseline.at(MigrationVersion.of(version));
    return underLock(Action.BASELINE, held -> {
      if (Baseline.isSet(baseline, held.history().read(), held.history().names())) {
        return held.report(List.of());
      }
      new ProductionGate(settings).pass("set the baseline " + version);
      held.install(List.of());
      return held.report(List.of(Baseline.record(held, baseline)));
    });
  }

  /**
   * Settles disagreements in favour of the scripts: an edited script's present content counts as what was applied, and a
   * migration that stopped half-way counts as not applied (its rollback: as not begun). Each is written to the history.
   * What a half-way migration left in the database must have been removed by hand before; what is to go on where it stopped
   * needs no repair.
   *
   * @throws MigrationException {@code PRODUCTION_UNCONFIRMED} and what concerns lock, connection and tracking table
   */
  public MigrationReport repair() {
    return repair(Repair::of);
  }

  /**
   * Says of the one statement of a half-way migration, or of its rollback, of which nobody can tell whether it has
   * happened, that it has or that it has not; the next run goes on behind it or with it. Written to the history.
   *
   * @param version the version, or the id of a migration that has none of its own ({@code R:name}, {@code 0003~name})
   * @throws IllegalArgumentException when the text is neither
   * @throws MigrationException {@code CONFIGURATION_INVALID} when no statement of it was begun and not finished; and as
   *     {@link #repair()}
   */
  public MigrationReport repairStatement(String version, StatementOutcome outcome) {
    return repair(
        (comparison, held) -> Repair.ofStatement(comparison, held.records(), version, outcome));
  }

  private MigrationReport repair(BiFunction<Comparison, Held, Repair> decision) {
    Inventory resolved = settings.source().takeScripts();
    return underLock(Action.REPAIR, held -> {
      Comparison comparison = held.compare(resolved);
      Repair repair = decision.apply(comparison, held);
      if (repair.isEmpty()) {
        return held.report(List.of(), comparison);
      }
      new ProductionGate(settings).pass("repair " + repair.words());
      held.install(comparison);
      return held.report(repair.perform(held), comparison);
    });
  }

  /**
   * Runs an applied migration's script once more, in development and test only; its row keeps its place.
   *
   * @param version the version, or the id of a migration that has none of its own ({@code R:name}, {@code 0003~name})
   * @throws IllegalArgumentException when the text is neither
   * @throws MigrationException {@code CONFIGURATION_INVALID} in another environment, or when the version is not applied or
   *     has no script; and as {@link #migrate(MigrationTarget)}
   */
  public MigrationReport reapply(String version) {
    Migration.requireName(version);
    new ProductionGate(settings).passReapplication();
    Inventory resolved = settings.source().takeScripts();
    return underLock(Action.REPAIR, held -> {
      Comparison comparison = held.compare(resolved);
      if (!held.progress().done().isEmpty()) {
        // It was committed when the connection was lost.
        return held.report(comparison);
      }
      Plan plan = Plan.toReapply(comparison, version);
      held.admit(plan);
      held.install(comparison);
      Ranks ranks = Ranks.of(held.history().read());
      held.execute(plan, TransactionMode.PER_MIGRATION, ranks::of);
      return held.report(comparison);
    });
  }

  /**
   * The schema as it is, everything of it: {@link SchemaSnapshot#logical()} is the other flavour.
   *
   * @throws MigrationException when connection, catalog or tracking table cannot be read
   */
  public SchemaSnapshot snapshot() {
    return new Drift(settings).snapshot();
  }

  /**
   * Whether the schema is what it should be. Writes nothing in the database and does not take the migration lock; for as long
   * as it reads it has ACCESS SHARE on what the server spells out, for which it waits as long as {@link Limits#lockTimeout()}.
   *
   * @param reference what it is compared with
   * @param flavour how closely to look: databases whose owners differ are alike in the logical flavour only
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is nothing to compare with; {@code
   *     THROW_AWAY_DATABASE_UNAVAILABLE} and what concerns scripts where they are replayed; and when connection, catalog or
   *     tracking table cannot be read
   */
  public DriftReport drift(DriftReference reference, SchemaFlavour flavour) {
    return new Drift(settings).from(reference, flavour);
  }

  /**
   * Asks the checks that {@link #migrate()} would begin with, whatever the policy says. Writes nothing and takes no lock.
   *
   * @throws MigrationException when scripts cannot be read, or the database cannot be reached
   */
  public CheckReport preflight() {
    return preflight(MigrationTarget.latest());
  }

  /**
   * Asks the checks that {@link #migrate(MigrationTarget)} would begin with, as {@link #preflight()}.
   *
   * @throws MigrationException as {@link #preflight()}
   */
  public CheckReport preflight(MigrationTarget target) {
    return new LoneChecks(settings).preflight(target);
  }

  /**
   * Asks the checks that a run ends with, whatever the policy says; every table counts as one that it touched. Writes
   * nothing and takes no lock.
   *
   * @throws MigrationException when the database cannot be reached, or the tracking table cannot be told
   */
  public CheckReport postflight() {
    return new LoneChecks(settings).postflight();
  }

  /**
   * Backs the database up with pg_dump, as the {@linkplain Safeguards#backup() safeguards} say, whenever they want one before
   * a run. Takes no lock; writes a row of the history where there is one.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is no address, or no program that suits the server;
   *     {@code BACKUP_FAILED}; {@code CANCELLED}, {@code INTERRUPTED}; and what concerns the connection
   */
  public BackupReport backup() {
    return archive(Archive::backup);
  }

  /**
   * Brings a backup back: into a new database, or, with a phrase that somebody typed, in the place of the one that {@link
   * MigrationEngineBuilder#connections} names, which is kept under another name.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID}, {@code BACKUP_DAMAGED}, {@code PRODUCTION_UNCONFIRMED} before
   *     anything is done; {@code RESTORE_FAILED} when the new database was dropped again; {@code CANCELLED}, {@code
   *     INTERRUPTED}; and what concerns the connection
   */
  public RestoreReport restore(Restore request) {
    return archive(archive -> archive.restore(request));
  }

  private <T> T archive(Function<Archive, T> work) {
    try (Watch watch = new Watch(settings.conduct().limits(), System.nanoTime())) {
      return underWay.during(watch::cancel, () -> work.apply(new Archive(settings, watch)));
    }
  }

  /**
   * What the server does for each statement of what is pending: applied on a throw-away database that is brought to the state
   * before by a replay of what is applied, or, where scripts do not tell it, by a copy of the schema that pg_dump makes. Changes
   * nothing in the database itself.
   *
   * @param server where the throw-away databases are made; they are dropped in any case
   * @throws MigrationException as {@link #plan(MigrationTarget)}; {@code CONFIGURATION_INVALID} when there is no script of what
   *     was applied, and no program or address for a copy; {@code SCRIPT_REFUSED} when a script reaches beyond its database on a
   *     server that others use; {@code THROW_AWAY_DATABASE_UNAVAILABLE}, {@code CANCELLED}, and what concerns connections. A
   *     migration that fails is told in the report, which ends with it
   */
  public TraceReport trace(MigrationTarget target, ThrowAwayServer server) {
    Inventory resolved = settings.source().takeScripts();
    Tracing tracing;
    try (Session session = Session.open(settings.database().dataSource())) {
      History history = settings.locate(session);
      RunPlan run = RunPlan.to(target, settings, resolved, history);
      tracing = new Tracing(Origin.ahead(settings, history, resolved, run, session));
    }
    return trace(tracing, server);
  }

  /** Traces; it can be cancelled meanwhile. */
  private TraceReport trace(Tracing tracing, ThrowAwayServer server) {
    return underWay.during(tracing::cancel, () -> tracing.on(server));
  }

  /**
   * Tries what {@link #migrate(MigrationTarget)} would do where nothing of it stays.
   *
   * @param how where it is tried
   * @throws MigrationException as {@link #plan(MigrationTarget)} and {@link #trace}; for a dry run in the database also {@code
   *     SCRIPT_REFUSED} when the plan cannot run in one transaction or does what no rollback undoes, and what concerns
   *     confirmation and lock. A migration that fails is told in the report
   */
  public DryRunReport dryRun(MigrationTarget target, DryRun how) {
    Operation trial = Operation.trial(settings, System.nanoTime());
    DryRunner runner = new DryRunner(trial);
    if (how.place() == DryRun.Place.IN_DATABASE) {
      Inventory resolved = settings.source().takeScripts();
      try (Session session = Session.open(settings.database().dataSource())) {
        return underLock(
            trial, session, held -> runner.inDatabase(held, target, resolved), report -> {});
      }
    }
    return tried(trial, how, trace -> runner.run(how, target, trace));
  }

  /**
   * Tries what {@link #rollback} would do on a throw-away database, where nothing of it stays.
   *
   * @param how where it is tried; not in the database itself
   * @throws IllegalArgumentException for a dry run in the database itself
   * @throws MigrationException as {@link #planRollback} and {@link #trace}. A down script that fails is told in the report
   */
  public DryRunReport dryRunRollback(RollbackTarget target, DryRun how) {
    if (how.place() == DryRun.Place.IN_DATABASE) {
      throw new IllegalArgumentException(
          "a rollback is tried on a throw-away database (DryRun.on) or shown (DryRun.planOnly), never tried in the database"
              + " itself");
    }
    Operation trial = Operation.trial(settings, System.nanoTime());
    return tried(trial, how, trace -> new DryRunner(trial).rollback(how, target, trace));
  }

  private DryRunReport tried(
      Operation trial, DryRun how, Function<Function<Tracing, TraceReport>, DryRunReport> run) {
    ThrowAwayServer server = how.server();
    try {
      return underWay.during(
          trial.watch()::cancel,
          () -> run.apply(
              tracing -> trace(tracing, server == null ? ThrowAwayServer.automatic() : server)));
    } finally {
      trial.end();
    }
  }

  /**
   * Stops every operation of this engine that changes something, as soon as is safe; from any thread. What runs in a
   * transaction is cancelled and leaves nothing behind; a CONCURRENTLY may go on for {@link
   * Limits#grace()}. The operations end with {@code CANCELLED}.
   *
   * <p>Returns at once. When the process is told to end, call it and wait for the operation, as {@link StopAtShutdown}
   * does: the library installs no shutdown hook.
   *
   * @return whether there was such an operation
   */
  public boolean cancel() {
    return underWay.cancel();
  }

  /** What its database is used for: what was set, or what was found out when the engine was built. */
  public Environment environment() {
    return settings.permission().environment();
  }

  Settings settings() {
    return settings;
  }

  Limits limits() {
    return settings.conduct().limits();
  }

  /** A look at scripts and tracking tables, and what to answer. */
  private <T> T look(BiFunction<History, Comparison, T> answer) {
    Inventory resolved = settings.source().takeScripts();
    try (Session session = Session.open(settings.database().dataSource())) {
      History history = settings.locate(session);
      return answer.apply(history, survey.compare(resolved, history));
    }
  }

  private MigrationReport underLock(Action action, Function<Held, MigrationReport> work) {
    long started = System.nanoTime();
    try (Session session = Session.open(settings.database().dataSource())) {
      return underLock(action, session, started, work);
    }
  }

  /**
   * Does work under the lock.
   *
   * @param work finds out by itself what is left to do: after a lost connection it is called once more
   */
  private MigrationReport underLock(
      Action action, Session session, long started, Function<Held, MigrationReport> work) {
    Operation operation = new Operation(settings, action, started);
    return underLock(operation, session, work, operation::finish);
  }

  private <T> T underLock(
      Operation operation, Session session, Function<Held, T> work, Consumer<T> told) {
    try (UnderLock place = new UnderLock(operation, session)) {
      return underWay.during(operation.watch()::cancel, () -> place.run(work, told));
    }
  }
}
