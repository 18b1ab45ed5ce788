package dev.migrator.internal.execute;

import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.Migration;
import dev.migrator.report.Action;
import dev.migrator.report.OutsideEffect;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How far a run came: what is done, and what it is at. It outlives a lost connection. */
public final class Progress {

  /** What a rolled back transaction leaves behind all the same. */
  private static final Set<OutsideEffect> IRREVERSIBLE = EnumSet.of(
      OutsideEffect.PROGRAM,
      OutsideEffect.SUBSCRIPTION,
      OutsideEffect.PREPARED_TRANSACTION,
      OutsideEffect.SERVER_CONFIGURATION);

  private final List<ReportStep> done = new ArrayList<>();
  /** Read by who looks on, too. */
  private volatile List<Step> underWay = List.of();

  /** How many times anything was finished that stays, be it a statement. */
  private int place;

  /** What of them is on its way in a transaction, where they have more than one. */
  private List<Statement> block = List.of();

  /** A run that has done nothing. */
  public Progress() {}

  /** What is done, in order. */
  public List<ReportStep> done() {
    return List.copyOf(done);
  }

  /** Grows with everything that is done and stays, the statements of a migration without a transaction included. */
  public int place() {
    return place;
  }

  /** The migrations that the run has changed the database by; not those that it took back itself. */
  public List<Migration> migrations() {
    List<Migration> migrations = new ArrayList<>();
    for (ReportStep step : done) {
      if (step.action() != Action.ROLLBACK || !migrations.remove(step.migration())) {
        migrations.add(step.migration());
      }
    }
    return migrations;
  }

  /** What was begun and is not done: one step, or all that share a transaction. */
  public List<Step> underWay() {
    return underWay;
  }

  /** Whether what is under way may be run once more without a question: it is SQL that a rollback undoes, or that has a journal. */
  public boolean mayRepeat() {
    return underWay.stream()
        .allMatch(step -> step.work() instanceof Work.Sql sql
            && leavesNothing(step.isTransactional() ? sql.statements() : block));
  }

  /** Whether a rollback undoes all that these statements do. */
  static boolean leavesNothing(List<Statement> statements) {
    return statements.stream()
        .flatMap(statement -> statement.structure().outsideEffects().stream())
        .noneMatch(IRREVERSIBLE::contains);
  }

  /**
   * Settles what was under way when the connection was lost.
   *
   * @param recorded whether the history has a step of this run
   * @return whether all of it was done
   */
  public boolean settle(Predicate<Step> recorded) {
    boolean all = underWay.stream().allMatch(recorded);
    for (Step step : underWay) {
      if (recorded.test(step)) {
        add(Execution.reported(
            step,
            List.of(),
            List.of(),
            List.of(),
            Duration.ZERO,
            "was committed when the connection was lost"));
      }
    }
    underWay = List.of();
    return all;
  }

  /** What is in doubt after a lost connection, and what is not. */
  public String inDoubt() {
    return underWay.stream().map(step -> step.migration().label()).collect(Collectors.joining(", "))
        + " may have been committed or not when the connection was lost; the tracking table tells, because its row commits"
        + " with the work. " + Failures.stays(migrations());
  }

  /** What the run has changed, and that it stays. */
  public String stays() {
    return Failures.stays(migrations());
  }

  void begin(List<Step> steps) {
    underWay = steps;
    block = List.of();
  }

  /** Statements of a step without a transaction are finished. */
  void advances() {
    place++;
  }

  /** Notes which statements of a step without a transaction share one now; none when the journal tells of each. */
  void sends(List<Statement> statements) {
    block = statements;
  }

  /** Forgets what was under way: it failed, and everybody knows how. */
  void end() {
    underWay = List.of();
  }

  void add(ReportStep step) {
    place++;
    done.add(step);
  }
}
