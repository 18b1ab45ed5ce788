package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Redaction;
import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An application's code threw an exception, or left its frame. */
public final class CodeFailedException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  private static final int DEEPEST = 100;

  private final boolean transactionEnded;
  private final boolean connectionLost;

  private CodeFailedException(
      String message, @Nullable Throwable cause, boolean transactionEnded, boolean connectionLost) {
    super(message, cause);
    this.transactionEnded = transactionEnded;
    this.connectionLost = connectionLost;
  }

  /** The code threw. */
  static CodeFailedException threw(Throwable cause) {
    String words = cause instanceof SQLException sql ? ServerError.of(sql).message() : words(cause);
    return new CodeFailedException(words, SafeCause.of(cause), false, false);
  }

  private static String words(Throwable thrown) {
    String type = thrown.getClass().getSimpleName();
    String said = thrown.getMessage();
    Throwable cause = thrown.getCause();
    if (said != null) {
      return type + ": " + Redaction.redact(said);
    }
    // An ExceptionInInitializerError says nothing itself.
    return cause != null && cause.getMessage() != null
        ? type + ": " + cause.getClass().getSimpleName() + ": "
            + Redaction.redact(cause.getMessage())
        : type;
  }

  /** The code returned, but not as it had to. */
  static CodeFailedException left(String problem, @Nullable Throwable cause) {
    return new CodeFailedException(problem, cause, false, false);
  }

  /** The code ended the transaction that it ran in, so that nobody knows what stays. */
  static CodeFailedException ended(@Nullable Throwable cause) {
    return new CodeFailedException(
        "its code ended the transaction in which it ran (COMMIT or ROLLBACK in its SQL)",
        cause,
        true,
        false);
  }

  /** The session does not answer any more. */
  static CodeFailedException lost(
      @Nullable CodeFailedException threw, CommandFailedException unanswered) {
    return threw == null
        ? new CodeFailedException(unanswered.error().message(), unanswered, false, true)
        : new CodeFailedException(
            String.valueOf(threw.getMessage()), threw.getCause(), false, true);
  }

  /** Whether the session is lost; the code may have failed on a connection of its own, which says nothing of ours. */
  public boolean connectionLost() {
    return connectionLost;
  }

  /** Whether the transaction that it ran in was ended by itself. */
  public boolean transactionEnded() {
    return transactionEnded;
  }

  /** What the server said, if a failed command is behind it. */
  public @Nullable ServerError error() {
    Throwable cause = getCause();
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql) {
        return ServerError.of(sql);
      }
      if (cause instanceof CommandFailedException failed) {
        return failed.error();
      }
      cause = cause.getCause();
    }
    return null;
  }
}
