package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.CodeFailedException;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.plan.Work;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the failure of a migration written in Java into words. */
final class CodeFailures {

  private CodeFailures() {}

  static MigrationException of(
      Step step,
      Work.Code code,
      CodeFailedException failure,
      List<Migration> before,
      Watch.@Nullable Stop stop) {
    ServerError error = failure.error();
    if (stop != null && !failure.connectionLost()) {
      return MigrationException.because(stop.code(), stop.words() + ".")
          .sqlState(error == null ? null : error.sqlState())
          .done(done(step, code, failure) + Failures.stays(before), before)
          .advice("run again for what is still pending.")
          .cause(failure.getCause() == null ? failure : failure.getCause())
          .build();
    }
    boolean lost = failure.connectionLost();
    boolean rollback = step.action() == Action.ROLLBACK;
    String label = (rollback ? "the rollback of " : "") + step.migration().label();
    boolean leftNothing = code.isTransactional() && !failure.transactionEnded();
    return MigrationException.because(
            lost
                ? FailureCode.CONNECTION_LOST
                : rollback ? FailureCode.ROLLBACK_FAILED : FailureCode.MIGRATION_FAILED,
            label + " failed: " + failure.getMessage())
        .sqlState(error == null ? null : error.sqlState())
        .detail(place(code, failure) + (error == null ? "" : error.explanation("")))
        .done(done(step, code, failure) + Failures.stays(before), before)
        .advice(
            lost
                ? "run again when the server is back."
                : leftNothing
                    ? "correct the class and run again."
                    : "look at what it did, undo it by hand, then 'repair' and run again.")
        .cause(failure.getCause() == null ? failure : failure.getCause())
        .build();
  }

  private static String done(Step step, Work.Code code, CodeFailedException failure) {
    String label = step.migration().label();
    if (failure.transactionEnded()) {
      return "what " + label + " did before it ended its transaction may be committed. ";
    }
    return code.isTransactional()
        ? label + " left nothing behind. "
        : label + " runs without a transaction: what it had done stays. ";
  }

  /** Where in the migration's class it happened, so that nobody needs the stack trace for it. */
  private static String place(Work.Code code, CodeFailedException failure) {
    Throwable cause = failure.getCause();
    String type = code.java().getClass().getName();
    return cause == null
        ? ""
        : Arrays.stream(cause.getStackTrace())
            .filter(frame -> frame.getClassName().equals(type))
            .findFirst()
            .map(frame -> "at " + frame + "\n")
            .orElse("");
  }
}
