package dev.migrator.internal.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Oid;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;

/**
 * Sends many commands in one message: the extended protocol with a single Sync at the end.
 *
 * <p>It goes beneath JDBC's statements to the driver's query executor, for two reasons. The driver's own lexer never sees
 * the script, so what our splitter found is what the server gets. And the reply tells which command failed, where a JDBC
 * batch only tells that one did.
 */
final class PipelinedChannel implements Channel {

  /**
   * Unnamed statements; the transaction is ours, not the driver's. Results are received and dropped, a command's rows at a
   * time. Asking for none would not spare that: the driver then fetches one row and leaves the rest unexecuted, and
   * without the description of the columns it does not report a command that returned rows at all.
   */
  private static final int FLAGS = QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_SUPPRESS_BEGIN;

  /** The driver names statements that it may see again; a text is a text in either format. */
  private static final int KEEPING_FLAGS =
      QueryExecutor.QUERY_NO_BINARY_TRANSFER | QueryExecutor.QUERY_SUPPRESS_BEGIN;

  private final BaseConnection connection;
  private final Map<List<String>, Query> kept = new HashMap<>();

  PipelinedChannel(BaseConnection connection) {
    this.connection = connection;
  }

  @Override
  public void send(List<Command> commands, Replies replies) {
    send(wrap(commands), FLAGS, commands, replies, new Collector(commands, replies));
  }

  @Override
  public void query(List<Command> queries, RowTaker taker) {
    Replies replies = new Replies();
    Taking taking = new Taking(queries, replies, taker);
    boolean keeping = queries.stream().allMatch(Command::repeated);
    if (keeping) {
      List<String> texts = queries.stream().map(Command::sql).toList();
      Query query = kept.get(texts);
      if (query == null) {
        query = wrap(queries);
        kept.put(texts, query);
      }
      send(query, KEEPING_FLAGS, queries, replies, taking);
    } else {
      send(wrap(queries), FLAGS, queries, replies, taking);
    }
    if (taking.defect != null) {
      throw taking.defect;
    }
  }

  private void send(
      Query query, int flags, List<Command> commands, Replies replies, Collector collector) {
    int before = replies.completed();
    try {
      ParameterList parameters = bind(query, commands);
      connection.getQueryExecutor().execute(query, parameters, collector, 0, 0, flags);
    } catch (SQLException e) {
      throw new CommandFailedException(replies.completed() - before, ServerError.of(e));
    }
    SQLException error = collector.getException();
    if (error != null) {
      throw new CommandFailedException(
          collector.completedBeforeError - before, ServerError.of(error));
    }
  }

  @Override
  public void cancel() throws SQLException {
    connection.cancelQuery();
  }

  @Override
  public boolean pipelines() {
    return true;
  }

  private Query wrap(List<Command> commands) {
    return connection.getQueryExecutor().wrap(nativeQueries(commands));
  }

  private static List<NativeQuery> nativeQueries(List<Command> commands) {
    List<NativeQuery> queries = new ArrayList<>(commands.size());
    for (Command command : commands) {
      // The driver only counts the positions; the text already says $1, $2.
      int[] bindPositions = new int[command.parameters().size()];
      queries.add(new NativeQuery(command.sql(), bindPositions, false, SqlCommand.BLANK));
    }
    return queries;
  }

  private static ParameterList bind(Query query, List<Command> commands) throws SQLException {
    ParameterList list = query.createParameterList();
    int index = 1;
    for (Command command : commands) {
      for (@Nullable String value : command.parameters()) {
        if (value == null) {
          list.setNull(index, Oid.UNSPECIFIED);
        } else {
          list.setStringParameter(index, value, Oid.UNSPECIFIED);
        }
        index++;
      }
    }
    return list;
  }

  /** Counts completed commands, so that the first error's place is known. */
  private static class Collector extends ResultHandlerBase {

    private final List<Command> commands;
    private final Replies replies;
    private final int before;
    private int completedBeforeError;

    Collector(List<Command> commands, Replies replies) {
      this.commands = commands;
      this.replies = replies;
      this.before = replies.completed();
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
      replies.commandCompleted();
    }

    /** The driver reports a command either by its rows, which are dropped here unless it asks, or by its status. */
    @Override
    public void handleResultRows(
        Query query, Field[] fields, List<Tuple> rows, @Nullable ResultCursor cursor) {
      if (!rows.isEmpty()
          && commands.get(replies.completed() - before).rows() == Command.Rows.FIRST_KEPT) {
        byte[] value = rows.get(0).get(0);
        // A text is the same bytes in both formats of the protocol.
        replies.answered(value == null ? null : new String(value, StandardCharsets.UTF_8));
      }
      replies.commandCompleted();
    }

    @Override
    public void handleError(SQLException newError) {
      if (getException() == null) {
        completedBeforeError = replies.completed();
      }
      super.handleError(newError);
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      replies.notice(Notices.text(warning));
    }

    /** The caller reads the error from {@link #getException()}, with its place. */
    @Override
    public void handleCompletion() {}
  }

  /** Hands over the rows. What its taker throws is kept until the server's answers are read to their end. */
  private static final class Taking extends Collector {

    private final Replies replies;
    private final RowTaker taker;
    private @Nullable RuntimeException defect;

    Taking(List<Command> queries, Replies replies, RowTaker taker) {
      super(queries, replies);
      this.replies = replies;
      this.taker = taker;
    }

    @Override
    public void handleResultRows(
        Query query, Field[] fields, List<Tuple> rows, @Nullable ResultCursor cursor) {
      if (defect == null) {
        try {
          TupleRow row = new TupleRow(fields);
          for (Tuple tuple : rows) {
            taker.take(replies.completed(), row.at(tuple));
          }
        } catch (RuntimeException e) {
          defect = e;
        }
      }
      replies.commandCompleted();
    }
  }
}
