package dev.migrator;

import dev.migrator.MigrationEngineBuilder.Settings;
import dev.migrator.Operation.Held;
import dev.migrator.config.Environment;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.Limits;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.PartialPolicy;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.StatementOutcome;
import dev.migrator.config.TransactionMode;
import dev.migrator.internal.history.Attempt;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.inspect.Refusals;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.OwnObjects;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.RollbackPlan;
import dev.migrator.internal.source.Script;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.StatusReport;
import dev.migrator.report.ValidationReport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a PostgreSQL database to the state that a folder of SQL scripts, and migrations written in Java, describe.
 *
 * <p>An engine is immutable and may be shared between threads; each operation uses one connection of its own, which it
 * hands back as it found it. Every operation throws {@link MigrationException}, whose {@link FailureCode} says why; an
 * operation that only reads ({@link #plan()}, {@link #status()}, {@link #validate()}) writes nothing and takes no lock.
 */
public final class MigrationEngine {

  private final Settings settings;
  private final Set<Operation> underWay = ConcurrentHashMap.newKeySet();

  MigrationEngine(Settings settings) {
    this.settings = settings;
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
   * @throws MigrationException {@code NOT_WRITABLE}, {@code SERVER_TOO_OLD}, {@code PRIVILEGES_MISSING}, {@code
   *     PRODUCTION_UNCONFIRMED}, {@code LOCK_TIMEOUT}, {@code MIGRATION_FAILED}, {@code
   *     CANCELLED}, {@code INTERRUPTED}, {@code OUT_OF_TIME} and every
   *     code that concerns locations, scripts, connection and tracking table
   */
  public MigrationReport migrate(MigrationTarget target) {
    long started = System.nanoTime();
    boolean all = target instanceof MigrationTarget.Latest;
    Inventory resolved = all ? settings.source().take() : settings.source().takeScripts();
    try (Session session = Session.open(settings.dataSource())) {
      Inventory.AllApplied allApplied = all
          ? resolved.allApplied(session, settings.trackingSchema(), settings.trackingTable())
          : null;
      if (allApplied != null) {
        return Reports.upToDate(allApplied, settings.environment(), started);
      }
      History history;
      List<AppliedMigration> applied;
      try {
        history = locate(session);
        applied = history.read();
      } catch (MigrationException e) {
        throw Refusals.explain(session, Operation.needs(settings, Action.APPLY), e);
      }
      Comparison look = compare(resolved, history, applied);
      if (look.mismatches().isEmpty() && Plan.selected(look, target).isEmpty()) {
        return run(history, Action.APPLY, started).report(List.of(), look);
      }
      return underLock(
          Action.APPLY,
          session,
          started,
          (operation, held) -> apply(operation, held, resolved, target));
    }
  }

  private MigrationReport apply(
      Operation operation, Held held, Inventory resolved, MigrationTarget target) {
    MigrationException failed = operation.takingBack();
    if (failed != null) {
      History history = held.history();
      throw AutomaticRollback.after(
          failed, operation, held, compare(resolved, history), scripts(history));
    }
    Comparison comparison = settings.partiallyApplied() == PartialPolicy.TAKE_DOWN
        ? takeDown(operation, held, resolved)
        : compare(resolved, held.history());
    Plan plan = Plan.toApply(comparison, target, operation.progress().done().size());
    if (plan.isEmpty()) {
      return operation.report(held, comparison);
    }
    if (settings.transactionMode() == TransactionMode.SINGLE) {
      plan.requireOneTransaction();
    }
    if (settings.onFailure() == FailurePolicy.ROLL_BACK) {
      AutomaticRollback.requirePossible(plan);
    }
    operation.admit(held, plan);
    new ProductionGate(settings).pass(plan);
    History history =
        operation.install(held, Takeover.confirmations(comparison, held.run().records()));
    Ranks ranks = Ranks.after(history.read());
    held.run().showPending(held.lock(), plan, ranks);
    try {
      operation.execute(held, plan, settings.transactionMode(), ranks::of);
    } catch (MigrationException failure) {
      if (settings.onFailure() == FailurePolicy.ROLL_BACK
          && failure.code() == FailureCode.MIGRATION_FAILED) {
        operation.takeBack(failure);
        throw AutomaticRollback.after(
            failure, operation, held, compare(resolved, history), scripts(history));
      }
      throw failure;
    }
    return operation.report(held, comparison);
  }

  /** Takes down what stopped half-way; the answer is what there is then. */
  private Comparison takeDown(Operation operation, Held held, Inventory resolved) {
    Comparison found = compare(resolved, held.history());
    Plan down = RollbackPlan.ofPartial(found, scripts(held.history()));
    if (down.isEmpty()) {
      return found;
    }
    operation.admit(held, down);
    new ProductionGate(settings).pass(down);
    operation.execute(held, down, TransactionMode.PER_MIGRATION, migration -> 0);
    return compare(resolved, held.history());
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
    try (Session session = Session.open(settings.dataSource())) {
      History history = locate(session);
      Comparison comparison = compare(resolved, history);
      return planned(history, Plan.toApply(comparison, target), comparison);
    }
  }

  /**
   * What {@link #rollback} would do.
   *
   * @throws MigrationException as {@link #rollback} would, before anything runs
   */
  public MigrationPlan planRollback(RollbackTarget target) {
    Inventory resolved = settings.source().takeScripts();
    try (Session session = Session.open(settings.dataSource())) {
      History history = locate(session);
      Comparison comparison = compare(resolved, history);
      return planned(history, RollbackPlan.of(comparison, scripts(history), target, 0), comparison);
    }
  }

  /**
   * Every migration, resolved or applied, with its state; disagreements are states, not errors.
   *
   * @throws MigrationException when locations, connection or tracking table cannot be read
   */
  public StatusReport status() {
    Inventory resolved = settings.source().takeScripts();
    try (Session session = Session.open(settings.dataSource())) {
      History history = locate(session);
      return Reports.status(history, compare(resolved, history));
    }
  }

  /**
   * Whether scripts and database agree; pending migrations are no disagreement.
   *
   * @throws MigrationException when locations, scripts, connection or tracking table cannot be read
   */
  public ValidationReport validate() {
    Inventory resolved = settings.source().takeScripts();
    try (Session session = Session.open(settings.dataSource())) {
      Comparison comparison = compare(resolved, locate(session));
      Plan.requireReadable(comparison);
      return Reports.validation(comparison);
    }
  }

  /**
   * Undoes applied migrations, latest first, with their down scripts: the local one where it is the one that was stored
   * when the migration was applied, else the stored one.
   *
   * @throws MigrationException {@code ROLLBACK_IMPOSSIBLE} with every migration that has no down script, before anything
   *     runs; {@code ROLLBACK_FAILED}; and what concerns confirmation, lock, connection and tracking table
   */
  public MigrationReport rollback(RollbackTarget target) {
    Inventory resolved = settings.source().takeScripts();
    return underLock(Action.ROLLBACK, (operation, held) -> {
      Comparison comparison = compare(resolved, held.history());
      Plan plan = RollbackPlan.of(
          comparison,
          scripts(held.history()),
          target,
          operation.progress().done().size());
      if (plan.isEmpty()) {
        return operation.report(held, comparison);
      }
      operation.admit(held, plan);
      new ProductionGate(settings).pass(plan);
      operation.install(held, Takeover.confirmations(comparison, held.run().records()));
      operation.execute(held, plan, TransactionMode.PER_MIGRATION, migration -> 0);
      return operation.report(held, comparison);
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
    return underLock(Action.BASELINE, (operation, held) -> {
      if (Baseline.isSet(baseline, held.history().read(), held.history().names())) {
        return held.run().report(List.of());
      }
      new ProductionGate(settings).pass("set the baseline " + version);
      operation.install(held, List.of());
      return held.run()
          .report(List.of(Baseline.record(held.lock(), held.run().records(), baseline)));
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
        (comparison, records) -> Repair.ofStatement(comparison, records, version, outcome));
  }

  private MigrationReport repair(BiFunction<Comparison, Records, Repair> decision) {
    Inventory resolved = settings.source().takeScripts();
    return underLock(Action.REPAIR, (operation, held) -> {
      Comparison comparison = compare(resolved, held.history());
      Repair repair = decision.apply(comparison, held.run().records());
      if (repair.isEmpty()) {
        return held.run().report(List.of(), comparison);
      }
      new ProductionGate(settings).pass("repair " + repair.words());
      operation.install(held, Takeover.confirmations(comparison, held.run().records()));
      return held.run().report(repair.perform(held.lock()), comparison);
    });
  }

  /**
   * Runs an applied migration's script once more, in development and test only; its row keeps its place.
   *
   * @param version the version
   * @throws IllegalArgumentException when the text is not a version
   * @throws MigrationException {@code CONFIGURATION_INVALID} in another environment, or when the version is not applied or
   *     has no script; and as {@link #migrate(MigrationTarget)}
   */
  public MigrationReport reapply(String version) {
    MigrationVersion wanted = MigrationVersion.of(version);
    if (settings.environment() != Environment.DEVELOPMENT
        && settings.environment() != Environment.TEST) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "a migration is applied again in development and test only; this is "
                  + settings.environment().stored() + ".")
          .done("nothing was changed.", List.of())
          .advice("write a new migration.")
          .build();
    }
    Inventory resolved = settings.source().takeScripts();
    return underLock(Action.REPAIR, (operation, held) -> {
      List<AppliedMigration> applied = held.history().read();
      Comparison comparison = compare(resolved, held.history(), applied);
      if (!operation.progress().done().isEmpty()) {
        // It was committed when the connection was lost.
        return operation.report(held, comparison);
      }
      Plan plan = Plan.toReapply(comparison, wanted);
      operation.admit(held, plan);
      operation.install(held, Takeover.confirmations(comparison, held.run().records()));
      Ranks ranks = Ranks.of(applied);
      operation.execute(held, plan, TransactionMode.PER_MIGRATION, ranks::of);
      return operation.report(held, comparison);
    });
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
    List<Operation> operations = List.copyOf(underWay);
    operations.forEach(Operation::cancel);
    return !operations.isEmpty();
  }

  Limits limits() {
    return settings.limits();
  }

  private MigrationReport underLock(
      Action action, BiFunction<Operation, Held, MigrationReport> work) {
    long started = System.nanoTime();
    try (Session session = Session.open(settings.dataSource())) {
      return underLock(action, session, started, work);
    }
  }

  private MigrationReport underLock(
      Action action,
      Session session,
      long started,
      BiFunction<Operation, Held, MigrationReport> work) {
    try (Operation operation = new Operation(settings, action, session, started)) {
      underWay.add(operation);
      try {
        return operation.underLock(held -> work.apply(operation, held));
      } finally {
        underWay.remove(operation);
      }
    }
  }

  private History locate(Session session) {
    return History.locate(session, settings.trackingSchema(), settings.trackingTable());
  }

  private Map<String, Script> scripts(History history) {
    return history.scripts().entrySet().stream()
        .collect(Collectors.toMap(
            Map.Entry::getKey,
            e -> settings.source().stored(e.getValue().path(), e.getValue().content())));
  }

  private Comparison compare(Inventory resolved, History history) {
    return compare(resolved, history, history.read());
  }

  private Comparison compare(Inventory resolved, History history, List<AppliedMigration> applied) {
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

  private OwnObjects ownObjects(History history) {
    TrackingNames names = history.names();
    return new OwnObjects(
        names.schema(),
        settings.searchPath().isEmpty()
            ? history.located().currentSchema()
            : settings.searchPath().get(0),
        names.stem(),
        names.records(),
        names.tables(),
        names.views());
  }

  private Run run(History history, Action action, long started) {
    return Run.of(
        history,
        action,
        new Attempt(UUID.randomUUID(), settings.appliedBy().get(), settings.environment()),
        started);
  }

  private MigrationPlan planned(History history, Plan plan, Comparison comparison) {
    return new MigrationPlan(
        history.names().schema(),
        settings.environment().stored(),
        plan.planned(),
        comparison.future(),
        Stream.concat(comparison.notes().stream(), plan.notes().stream()).toList());
  }
}
