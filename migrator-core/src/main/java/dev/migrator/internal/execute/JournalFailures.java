package dev.migrator.internal.execute;

import dev.migrator.internal.inspect.CatalogFacts.Index;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.plan.Resume;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the failure of a step without a transaction into words; its finished statements stay, and the next run goes on behind them. */
final class JournalFailures {

  private JournalFailures() {}

  /**
   * A command failed.
   *
   * @param finished how many of the step's statements are done
   * @param left what the failed one has left behind, in words; empty when that is nothing
   * @param stop why the operation is to stop; {@code null} when it is not
   */
  static MigrationException of(
      CommandFailedException failure,
      Message message,
      int finished,
      String left,
      List<Migration> before,
      Watch.@Nullable Stop stop) {
    Message.Origin origin = message.origin(failure.index());
    Step step = origin.step();
    String progress = progress(step, finished) + left + Failures.stays(before);
    if (failure.error().isConnectionLoss()) {
      return Failures.connectionLost(failure, progress, before);
    }
    if (stop != null && Failures.isStop(failure, stop)) {
      return Failures.stopped(failure, stop, progress, before);
    }
    boolean code = step != null && step.work() instanceof Work.Code;
    return Failures.failed(
        failure,
        origin,
        progress,
        code
            ? "look at what it did, undo it by hand, then 'repair' and run again."
            : origin.statement() == null
                ? "settle what the server says, then run again: it goes on where it stopped."
                : "correct the script behind what is done, or what the statement found, and run again: it goes on at statement "
                    + (finished + 1) + ".",
        before);
  }

  /**
   * Code that may end transactions by itself failed: what it had committed stays.
   *
   * @param stop why the operation is to stop; {@code null} when it is not
   */
  static MigrationException inPart(
      Step step,
      CommandFailedException failure,
      Message message,
      int finished,
      List<Migration> before,
      Watch.@Nullable Stop stop) {
    Message.Origin origin = message.origin(failure.index());
    String done = progress(step, finished)
        + "Statement " + (finished + 1)
        + " may have committed a part of its work before it failed. "
        + Failures.stays(before);
    String advice = "look what it did; then " + Resume.command(step.migration(), "done")
        + " to go on behind it, or " + Resume.command(step.migration(), "again")
        + " to run it once more; then run again.";
    return stop != null && Failures.isStop(failure, stop)
        ? Failures.stopped(failure, stop, done, advice, before)
        : Failures.failed(failure, origin, done, advice, before);
  }

  /** The operation is to stop, between two statements. */
  static MigrationException stopped(
      Step step, int finished, List<Migration> before, Watch.Stop stop) {
    return Failures.stopped(
        null,
        stop,
        progress(step, finished) + Failures.stays(before),
        "run again: it goes on where it stopped.",
        before);
  }

  /** An INVALID index has the name of one that the script creates, and it is not ours to drop. */
  static MigrationException inTheWay(
      Step step, Statement statement, Index index, int finished, List<Migration> before) {
    boolean rollback = step.action() == Action.ROLLBACK;
    return MigrationException.because(
            rollback ? FailureCode.ROLLBACK_FAILED : FailureCode.MIGRATION_FAILED,
            step.migration().label() + " cannot create the index " + index.quoted() + ": "
                + (index.building()
                    ? "another session is building one of that name."
                    : "an INVALID one of that name is there, and this migration has not made it."))
        .at(statement.position())
        .done(progress(step, finished) + Failures.stays(before), before)
        .advice(
            index.building()
                ? "run again when that session is done; if it builds this index, remove the statement."
                : "if nobody needs it, drop it (" + index.drop().sql()
                    + "); then run again: it goes on where it stopped.")
        .build();
  }

  private static String progress(@Nullable Step step, int finished) {
    String what = step == null ? "The run" : step.migration().label();
    return what + ", which runs without a transaction, finished "
        + (finished == 0
            ? "none of its statements. "
            : finished + " of its " + statements(step) + " statements, and they stay. ");
  }

  private static int statements(@Nullable Step step) {
    return step == null
        ? 0
        : step.work() instanceof Work.Code ? 1 : step.work().statements().size();
  }
}
