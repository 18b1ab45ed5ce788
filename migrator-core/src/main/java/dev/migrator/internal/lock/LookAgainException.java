package dev.migrator.internal.lock;

import dev.migrator.internal.jdbc.CommandFailedException;
import java.io.Serial;

/**
 * Another instance was faster: it has changed the history since the plan was made, and the transaction that found out is
 * rolled back. Nothing is wrong; whoever catches it looks and plans again.
 */
public final class LookAgainException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  LookAgainException(CommandFailedException cause) {
    super("another session has changed the history meanwhile", cause);
  }

  /** What was found out without a transaction. */
  public LookAgainException(String what) {
    super(what);
  }
}
