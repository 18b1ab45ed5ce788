package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a failed command into words: what, where, what is done and stays, what to do next. */
final class Failures {

  /** query_canceled (PostgreSQL manual, appendix A). */
  private static final String CANCELED = "57014";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String DISK_FULL = "53100";

  private Failures() {}

  /** The failure of a transaction; everything in it is undone. */
  static MigrationException inTransaction(
      CommandFailedException failure,
      Message message,
      List<Migration> before,
      Watch.@Nullable Stop stop) {
    Message.Origin origin = message.origin(failure.index());
    Step step = origin.step();
    String what = step == null ? "The run" : step.migration().label();
    if (failure.error().isConnectionLoss()) {
      return connectionLost(
          failure,
          what
              + " may have been committed or not; the tracking table tells, because its row commits with the work. "
              + stays(before),
          before);
    }
    String undone =
        step == null ? "nothing was changed." : what + " left nothing behind. " + stays(before);
    if (stop != null && isStop(failure, stop)) {
      return stopped(failure, stop, undone, before);
    }
    return failed(failure, origin, undone, advice(failure.error()), before);
  }

  /** What to do about a statement that failed and left nothing behind: not every cause is in the script. */
  static String advice(ServerError error) {
    return switch (String.valueOf(error.sqlState())) {
      case LOCK_NOT_AVAILABLE ->
        "run again when nobody holds the lock any more; a warning above names who did, and so does 'migrator preflight'. More time:"
            + " --lock-timeout for an attempt, --lock-retry for all of them.";
      case CANCELED ->
        "run again with more time (--statement-timeout), or make the statement shorter; somebody may also have cancelled it.";
      case INSUFFICIENT_PRIVILEGE ->
        "grant the role what the statement needs, or run as another one; then run again.";
      case DISK_FULL -> "make room on the server, then run again.";
      default -> "correct the script and run again.";
    };
  }

  /** Whether what failed was cancelled because the operation is to stop. */
  static boolean isStop(CommandFailedException failure, Watch.@Nullable Stop stop) {
    return stop != null && CANCELED.equals(failure.error().sqlState());
  }

  /** The operation was to stop, and the server cancelled what ran. */
  static MigrationException stopped(
      CommandFailedException failure, Watch.Stop stop, String done, List<Migration> before) {
    return stopped(failure, stop, done, "run again for what is still pending.", before);
  }

  /** The same with another advice. */
  static MigrationException stopped(
      @Nullable CommandFailedException failure,
      Watch.Stop stop,
      String done,
      String advice,
      List<Migration> before) {
    return MigrationException.because(stop.code(), stop.words() + ".")
        .sqlState(failure == null ? null : failure.error().sqlState())
        .done(done, before)
        .advice(advice)
        .cause(failure)
        .build();
  }

  /** One line for the tracking table. */
  static String shortText(MigrationException failure) {
    String first = failure.getMessage().lines().findFirst().orElse("");
    String state = failure.sqlState().map(s -> " (SQLSTATE " + s + ")").orElse("");
    return first.substring(first.indexOf("] ") + 2) + state;
  }

  static MigrationException failed(
      CommandFailedException failed,
      Message.Origin origin,
      String done,
      String advice,
      List<Migration> before) {
    Statement statement = origin.statement();
    CommandFailedException failure = statement == null ? failed : failed.about(statement.sql());
    ServerError error = failure.error();
    Step step = origin.step();
    boolean rollback = step != null && step.action() == Action.ROLLBACK;
    String label = step == null
        ? "the run"
        : (rollback ? "the rollback of " : "") + step.migration().label();
    if (origin.purpose() != Message.Purpose.SCRIPT && LockKey.isLoss(error)) {
      return lockLost(failure, label, done, before);
    }
    String phase = statement == null ? phase(origin.purpose()) : "";
    ErrorPlace place =
        statement == null || step == null ? null : ErrorPlace.of(error, statement, step);
    return MigrationException.because(
            rollback ? FailureCode.ROLLBACK_FAILED : FailureCode.MIGRATION_FAILED,
            label + " failed" + phase + ": " + error.message())
        .at(place == null ? null : place.position())
        .sqlState(error.sqlState())
        .detail(error.explanation(place == null ? "" : place.excerpt()))
        .done(done, before)
        .advice(advice)
        .cause(failure)
        .build();
  }

  private static MigrationException lockLost(
      CommandFailedException failure, String label, String done, List<Migration> before) {
    String said = failure.error().message();
    int raised = said.indexOf(LockKey.RAISED) + LockKey.RAISED.length();
    return MigrationException.because(
            FailureCode.LOCK_LOST,
            label + " was stopped: " + said.substring(raised).replace("\"", "") + ".")
        .sqlState(failure.error().sqlState())
        .done(done, before)
        .advice(
            "look for what released the lock (pg_advisory_unlock_all or DISCARD ALL in a script, a pooler in"
                + " transaction mode), then run again.")
        .cause(failure)
        .build();
  }

  /** The session could not be brought back after a script; what was committed stays. */
  static MigrationException reset(
      String who, CommandFailedException failure, List<Migration> before) {
    if (failure.error().isConnectionLoss()) {
      return connectionLost(failure, "what " + who + " did is committed. " + stays(before), before);
    }
    return MigrationException.because(
            FailureCode.CONNECTION_UNUSABLE,
            "the session state that " + who + " left behind could not be reset: "
                + failure.error().message())
        .sqlState(failure.error().sqlState())
        .done("what " + who + " did is committed. " + stays(before), before)
        .advice("let the script reset what it sets; then run again for what is still pending.")
        .cause(failure)
        .build();
  }

  static MigrationException connectionLost(
      CommandFailedException failure, String done, List<Migration> before) {
    return MigrationException.because(
            FailureCode.CONNECTION_LOST,
            "the connection was lost: " + failure.error().message())
        .sqlState(failure.error().sqlState())
        .done(done, before)
        .advice("run again when the server is back.")
        .cause(failure)
        .build();
  }

  static String stays(List<Migration> before) {
    if (before.isEmpty()) {
      return "Nothing else was changed.";
    }
    return "This run completed before it, and that stays: "
        + before.stream().map(Migration::label).collect(Collectors.joining(", ")) + ".";
  }

  private static String phase(Message.Purpose purpose) {
    return switch (purpose) {
      case COMMIT -> " at COMMIT";
      case RECORD -> " when it was recorded";
      default -> " outside its statements";
    };
  }
}
