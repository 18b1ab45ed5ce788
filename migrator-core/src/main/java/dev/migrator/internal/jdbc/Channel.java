package dev.migrator.internal.jdbc;

import java.sql.SQLException;
import java.util.List;

/** A way of sending commands over one connection. */
interface Channel {

  /**
   * Sends commands, and waits once for all of them.
   *
   * @param commands none of them a COPY
   * @param replies is told of each command that completed, and of what the server said meanwhile
   * @throws CommandFailedException when one of them failed; its index counts from the first of these commands
   */
  void send(List<Command> commands, Replies replies);

  /**
   * Runs queries, and waits once for all of them.
   *
   * @param queries commands whose rows are wanted, or that return none
   * @param taker is given the rows as they come, in their order
   * @throws CommandFailedException as {@link #send}
   */
  void query(List<Command> queries, RowTaker taker);

  /**
   * Asks the server to cancel what is running; from any thread.
   *
   * @throws SQLException when the request cannot be sent
   */
  void cancel() throws SQLException;

  /** Whether several commands travel in one message; otherwise each costs a wait of its own. */
  boolean pipelines();

  /** Whether a prepared statement of this name is this channel's own, for as long as the session lasts. */
  default boolean keeps(String preparedStatement) {
    return false;
  }
}
