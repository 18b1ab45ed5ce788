package dev.migrator;

import dev.migrator.config.MigrationTarget;
import dev.migrator.config.TransactionMode;
import dev.migrator.internal.execute.Execution;
import dev.migrator.internal.execute.Executor;
import dev.migrator.internal.execute.Onlooker;
import dev.migrator.internal.execute.Progress;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.internal.lock.LookAgainException;
import dev.migrator.internal.lock.MigrationLock;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.source.Script;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.ReportStep;
import dev.migrator.report.SchemaFingerprint;
import dev.migrator.report.SchemaSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** An operation that holds the lock, and what it may do with it. It is over when the lock is given back, or lost. */
final class Held implements Ground {

  private final Operation operation;
  private final Settings settings;
  private final LastingSession lasting;
  private final Session session;
  private final Lookout lookout;
  private final MigrationLock lock;
  private final Survey survey;
  private final Records records;
  private final Run run;
  private History history;

  /**
   * An operation that holds the lock.
   *
   * @param history the tracking tables, as they are under the lock
   */
  Held(
      Operation operation,
      LastingSession lasting,
      Lookout lookout,
      MigrationLock lock,
      History history) {
    this.operation = operation;
    this.settings = operation.settings();
    this.lasting = lasting;
    this.session = lasting.session();
    this.lookout = lookout;
    this.lock = lock;
    this.survey = new Survey(settings);
    LockKey key = LockKey.of(history.names().toString());
    this.records = new Records(
        history.names(), operation.attempt(), new Records.Proof(key.proof(), LockKey.RAISED));
    this.run =
        new Run(operation.action(), history.located(), operation.attempt(), operation.started());
    this.history = history;
  }

  @Override
  public Operation operation() {
    return operation;
  }

  @Override
  public Session session() {
    return session;
  }

  /** The tracking tables; {@link #install} may change which they are. */
  History history() {
    return history;
  }

  /** The commands that write to them. */
  Records records() {
    return records;
  }

  /** How far the operation came, with this lock or an earlier one. */
  Progress progress() {
    return operation.progress();
  }

  /** Scripts and tracking tables, as they are now. */
  Comparison compare(Inventory resolved) {
    return survey.compare(resolved, history);
  }

  /** What is left to do of a run to a target. */
  RunPlan plan(MigrationTarget target, Inventory resolved) {
    return RunPlan.to(target, settings, resolved, history, done(Action.APPLY));
  }

  /** How many migrations were applied so far, or taken back. */
  int done(Action action) {
    return (int)
        progress().done().stream().filter(step -> step.action() == action).count();
  }

  /** The down scripts that the database has kept, by version as recorded. */
  Map<String, Script> downScripts() {
    return survey.downScripts(history);
  }

  /**
   * Refuses a plan that the way to the server does not allow, before anything runs.
   *
   * @throws MigrationException {@code CONNECTION_UNUSABLE}
   */
  void admit(Plan plan) {
    if (!lock.holdsSession()) {
      plan.requireTransactions(lasting.advice());
    }
  }

  /** Creates the tracking tables, or takes them over from an in-house tool, where need be. */
  void install(Comparison comparison) {
    install(Takeover.confirmations(comparison, records));
  }

  /**
   * Creates the tracking tables, or takes them over from an in-house tool, where need be.
   *
   * @param onTakeover what is written in the same transaction when they are taken over
   */
  void install(List<Command> onTakeover) {
    History installed = history.install(settings.tracking().createSchema(), onTakeover, lock::run);
    if (!lock.holdsSession() && !installed.located().equals(history.located())) {
      // Others may use them already, and the plan does not know of it.
      throw new LookAgainException("the tracking tables are new");
    }
    history = installed;
  }

  /** Writes the plan's steps as pending, so that the status view shows what is to come. */
  void showPending(Plan plan, Ranks ranks) {
    write(
        "writing to " + history.names(),
        records.pending(
            plan.steps().stream()
                .map(step ->
                    new Records.Subject(step.migration(), step.checksum(), step.isTransactional()))
                .toList(),
            ranks::of));
  }

  /**
   * Writes to the tracking tables, in one transaction.
   *
   * @param doing names it in a failure
   */
  void write(String doing, List<Command> commands) {
    try {
      lock.run(commands);
    } catch (CommandFailedException e) {
      throw Session.unanswered(doing, e);
    }
  }

  /** Announces and runs a plan. */
  void execute(Plan plan, TransactionMode mode, ToLongFunction<Migration> rank) {
    execute(plan, mode, rank, null);
  }

  /**
   * Announces and runs a plan.
   *
   * @param found the schema as it is now; {@code null} where nobody looked
   */
  void execute(
      Plan plan,
      TransactionMode mode,
      ToLongFunction<Migration> rank,
      @Nullable SchemaSnapshot found) {
    operation.begin(plan.steps().stream().map(Step::migration).toList());
    Fingerprints fingerprints = operation.fingerprints();
    SchemaFingerprint expected = fingerprints.before(this, plan, found);
    Executor executor = executor();
    try {
      executor.execute(plan, mode, rank, step -> fingerprints.between(this, plan, step));
    } catch (MigrationException e) {
      if (e.code() == FailureCode.MIGRATION_FAILED && !progress().done().isEmpty()) {
        try {
          fingerprints.after(this, null);
        } catch (RuntimeException second) {
          e.addSuppressed(second);
        }
      }
      throw e;
    }
    operation.leftBehind(executor.leftBehind());
    fingerprints.after(this, expected);
  }

  /** Announces and runs a plan that only takes back, migration by migration. */
  void rollBack(Plan plan) {
    execute(plan, TransactionMode.PER_MIGRATION, migration -> 0);
  }

  /** The report of what was run. */
  MigrationReport report(Comparison comparison) {
    return operation
        .fingerprints()
        .complete(run.report(progress().done(), comparison, operation.leftBehind())
            .withSafety(operation.safety()));
  }

  /** The report of an operation that runs no migration. */
  MigrationReport report(List<ReportStep> steps, Comparison comparison) {
    return run.report(steps, comparison, List.of());
  }

  /** The report of an operation that reads no scripts. */
  MigrationReport report(List<ReportStep> steps) {
    return run.report(steps);
  }

  /**
   * Runs a plan in one transaction that is rolled back; nothing is recorded, and nobody is told.
   *
   * @param onlooker looks at every statement
   * @param done takes each step that ran to its end
   */
  void rehearse(Plan plan, Onlooker onlooker, Consumer<Step> done) {
    executor(onlooker).rehearse(plan, settings.conduct().transactionMode(), done);
  }

  private Executor executor() {
    return executor(settings.onlooker());
  }

  private Executor executor(@Nullable Onlooker onlooker) {
    return new Executor(
        session,
        lock,
        records.allowing(operation.allowed()),
        new Execution.Rules(
            new ScriptSettings(
                settings.scripts().searchPath(),
                settings.scripts().timeZone(),
                settings.conduct().limits().lockTimeout(),
                settings.conduct().limits().statementTimeout()),
            settings.conduct().limits(),
            settings.conduct().stepwise()),
        new Execution.Company(
            operation.runId(),
            operation.watch(),
            lookout.observer(),
            settings.announcements(),
            onlooker),
        progress());
  }
}
