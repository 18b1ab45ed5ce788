package dev.migrator.internal.jdbc;

import java.io.Serial;
import java.util.List;

/** A command of a message failed; those before it ran, those after it did not. */
public final class CommandFailedException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final int index;
  private final transient ServerError error;
  private final transient List<String> notices;

  CommandFailedException(int index, ServerError error) {
    this(index, error, List.of());
  }

  CommandFailedException(int index, ServerError error, List<String> notices) {
    super(error.message(), error.cause());
    this.index = index;
    this.error = error;
    this.notices = notices;
  }

  /** The same without the secrets of the statement that failed, wherever the server repeated them. */
  public CommandFailedException about(String sql) {
    ServerError about = error.about(sql);
    return about.equals(error) ? this : new CommandFailedException(index, about, notices);
  }

  /** What the server said beside the results before the command failed (NOTICE, WARNING). */
  public List<String> notices() {
    return notices;
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
