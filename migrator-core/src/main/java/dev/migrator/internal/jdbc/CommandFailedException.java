package dev.migrator.internal.jdbc;

import java.io.Serial;

/** A command of a message failed; those before it ran, those after it did not. */
public final class CommandFailedException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final int index;
  private final transient ServerError error;

  CommandFailedException(int index, ServerError error) {
    super(error.message(), error.cause());
    this.index = index;
    this.error = error;
  }

  /** The failed command's place in the list that was sent, from 0. */
  public int index() {
    return index;
  }

  /** What the server said. */
  public ServerError error() {
    return error;
  }
}
