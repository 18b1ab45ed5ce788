package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of an operation, in autocommit: transactions are begun and ended by commands of ours, because they
 * travel in the same message as the work.
 *
 * <p>Not thread-safe; {@link #close()} puts the connection back as it was found, or aborts it.
 */
public final class Session implements AutoCloseable {

  /**
   * Above this many bytes a message is split. While the client writes, the server may already answer; as long as what is
   * unanswered fits in the sockets' buffers, neither waits for the other (the driver's batches keep a bound likewise). A
   * single command above it travels alone, when nothing is unanswered.
   */
  static final int MESSAGE_BYTES = 32_768;

  private final BorrowedConnection borrowed;
  private final Channel channel;
  private @Nullable SessionState initial;
  private @Nullable SessionState pinned;
  private volatile boolean intact = true;
  private boolean closed;
  private boolean keepsQueries;

  /** An application's code that has the connection at this moment. */
  private volatile @Nullable ConnectionGuard guard;

  private Session(BorrowedConnection borrowed) {
    this.borrowed = borrowed;
    BaseConnection driver = borrowed.driver();
    this.channel = driver != null && driver.getPreferQueryMode() != PreferQueryMode.SIMPLE
        ? new RepeatingChannel(new PipelinedChannel(driver), driver)
        : new StatementChannel(borrowed.jdbc());
  }

  /**
   * A session on a connection of a data source.
   *
   * @throws MigrationException {@code DATABASE_UNREACHABLE} when there is none to be had, {@code CONNECTION_UNUSABLE} when
   *     it is inside a transaction
   */
  public static Session open(DataSource dataSource) {
    return new Session(BorrowedConnection.from(dataSource));
  }

  /**
   * Another session, for a thread that looks on. It may be opened while this one works.
   *
   * @param dataSource where its connection comes from, which may be where this one's came from
   * @throws MigrationException {@code DATABASE_UNREACHABLE} when there is none to be had, {@code CONNECTION_UNUSABLE} when
   *     the data source lends the same connection again, or hides whether it does
   */
  public Session beside(DataSource dataSource) {
    return new Session(BorrowedConnection.beside(dataSource, borrowed));
  }

  /** The server process that the driver was told of when it connected; 0 when it hides. Behind a pooler it is not the real one. */
  public int pid() {
    BaseConnection driver = borrowed.driver();
    return driver == null ? 0 : driver.getBackendPID();
  }

  /** Reads rows, in one wait. */
  public <T> List<T> query(Command command, Function<Row, T> reader) {
    List<T> result = new ArrayList<>();
    read(command, row -> {
      result.add(reader.apply(row));
      return true;
    });
    return result;
  }

  /** Whether every row of a query is as expected, in one wait; the rows behind one that is not are passed over. */
  public boolean holds(Command command, Predicate<Row> expected) {
    return read(command, expected);
  }

  private boolean read(Command command, Predicate<Row> goOn) {
    try (Statement statement = statement(command);
        ResultSet rows = statement instanceof PreparedStatement prepared
            ? prepared.executeQuery()
            : statement.executeQuery(command.sql())) {
      ResultRow row = new ResultRow(rows);
      while (rows.next()) {
        if (!goOn.test(row)) {
          return false;
        }
      }
      return true;
    } catch (SQLException e) {
      throw failed(new CommandFailedException(0, ServerError.of(e)));
    }
  }

  /** Prepared only where there are parameters: its classes are large, and a process may load them for this alone. */
  private Statement statement(Command command) throws SQLException {
    if (command.parameters().isEmpty()) {
      Statement statement = borrowed.jdbc().createStatement();
      statement.setEscapeProcessing(false);
      return statement;
    }
    PreparedStatement prepared =
        borrowed.jdbc().prepareStatement(StatementChannel.forDriver(command));
    StatementChannel.bind(prepared, command.parameters());
    return prepared;
  }

  /** Reads the one row that a query always has. */
  public <T> T queryOne(Command command, Function<Row, T> reader) {
    List<T> rows = query(command, reader);
    if (rows.size() != 1) {
      throw new IllegalStateException("expected one row, got " + rows.size());
    }
    return rows.get(0);
  }

  /**
   * Has the server keep the plans of {@link #queries} from now on, which lasts as long as the session. Only for a connection
   * that comes straight from the server, and on which nothing but queries runs.
   */
  public void keepQueries() {
    // Otherwise it plans five times before it keeps a plan.
    stepwise(List.of(Command.of("SET plan_cache_mode = force_generic_plan")));
    keepsQueries = true;
  }

  /**
   * Runs queries in as few messages as is safe, commands that return no rows among them.
   *
   * @param taker is given the rows of each as they come
   * @throws CommandFailedException as {@link #pipeline}
   */
  public void queries(List<Command> asked, RowTaker taker) {
    List<Command> queries = keepsQueries ? asked.stream().map(Command::often).toList() : asked;
    int start = 0;
    while (start < queries.size()) {
      int first = start;
      int end = endOfMessage(queries, start, channel.pipelines() ? MESSAGE_BYTES : 0);
      try {
        channel.query(queries.subList(first, end), (query, row) -> taker.take(first + query, row));
      } catch (CommandFailedException e) {
        throw failed(new CommandFailedException(first + e.index(), e.error()));
      }
      start = end;
    }
  }

  /**
   * Sends commands in as few messages as is safe.
   *
   * @throws CommandFailedException when one of them failed; its index counts over all the commands. A transaction that
   *     they had begun is still open then
   */
  public Replies pipeline(List<Command> commands) {
    return send(commands, channel.pipelines() ? MESSAGE_BYTES : 0, index -> {});
  }

  /**
   * Sends commands one by one, waiting for each.
   *
   * @throws CommandFailedException as {@link #pipeline}
   */
  public Replies stepwise(List<Command> commands) {
    return stepwise(commands, index -> {});
  }

  /**
   * Sends commands one by one, as {@link #stepwise(List)}.
   *
   * @param completed is told the place of each command that completed
   */
  public Replies stepwise(List<Command> commands, IntConsumer completed) {
    return send(commands, 0, completed);
  }

  /**
   * Asks the server to cancel what this session does now; from any thread. A request that comes between two commands is
   * lost, and one that cannot be sent too.
   */
  public void cancel() {
    BaseConnection driver = borrowed.driver();
    ConnectionGuard code = guard;
    try {
      if (driver != null) {
        driver.cancelQuery();
      } else if (code != null) {
        code.cancel();
      } else {
        channel.cancel();
      }
    } catch (SQLException e) {
      log().debug("The request to cancel could not be sent", e);
    }
  }

  /** Hands the connection to an application's code, or takes it back. */
  void lend(@Nullable ConnectionGuard code) {
    guard = code;
  }

  /** Gives the connection up; from any thread. What waits for it fails as if the connection was lost. */
  public void abort() {
    intact = false;
    borrowed.abort();
  }

  /**
   * Asks the server for a sign of life: a pool may hand out a connection that was lost long ago.
   *
   * @throws MigrationException {@code CONNECTION_LOST} when there is none
   */
  public void requireAnswer() {
    try {
      stepwise(List.of(Command.of("SELECT 1")));
    } catch (CommandFailedException e) {
      intact = false;
      throw unanswered("asking for a sign of life", e);
    }
  }

  /** A way of running an application's code on this session. */
  public CodeFrame code() {
    return new CodeFrame(this, borrowed);
  }

  /** Rolls back the open transaction, if there is one; what goes wrong is added to the failure that made it necessary. */
  public void rollbackAfter(Throwable failure) {
    try {
      if (pinned == null) {
        stepwise(List.of(Command.of("ROLLBACK")));
      } else {
        // Prepared statements and advisory locks survive it.
        stepwise(List.of(Command.of("ROLLBACK AND CHAIN")));
        unpin();
      }
    } catch (CommandFailedException e) {
      pinned = null;
      intact = false;
      failure.addSuppressed(e);
    }
  }

  /** Whether the open transaction has {@linkplain Command#pin remembered} its session's state. */
  public boolean isPinned() {
    return pinned != null;
  }

  /**
   * Brings the session back to what {@link Command#pin} remembered, and ends the transaction that kept the session.
   *
   * @return the names of what was undone, as {@link #resetTo}
   * @throws CommandFailedException when that failed: then the session must be {@linkplain #spoil spoilt}
   */
  public List<String> unpin() {
    SessionState keep = pinned;
    pinned = null;
    List<String> undone = keep == null ? List.of() : keep.restore(this);
    stepwise(List.of(Command.of("COMMIT")));
    return undone;
  }

  /**
   * Whether something between the driver and the server hands out the server's sessions: then the server says another
   * process id than the driver was told when it connected. Behind a pooler that pools by session it is so too; nothing
   * tells the two apart. False where the driver is hidden.
   */
  public boolean isPooled() {
    BaseConnection driver = borrowed.driver();
    try {
      return driver != null
          && queryOne(Command.of("SELECT pg_catalog.pg_backend_pid()"), row -> row.number(1))
              != driver.getBackendPID();
    } catch (CommandFailedException e) {
      throw unanswered("asking for the backend's process id", e);
    }
  }

  /** Remembers the session's state, once: {@link #close()} goes back to it. Called before anything changes it. */
  public void rememberState() {
    if (initial == null) {
      initial = state(Set.of());
    }
  }

  /**
   * Undoes what a script left behind in the session.
   *
   * @param keep the state to go back to
   * @return the names of what was undone, for example {@code search_path} or {@code temporary table x}
   */
  public List<String> resetTo(SessionState keep) {
    return keep.restore(this);
  }

  /**
   * The session's state now.
   *
   * @param settings names of settings with a prefix ({@code app.tenant}), which the server does not list
   */
  public SessionState state(Set<String> settings) {
    try {
      return SessionState.of(this, settings);
    } catch (CommandFailedException e) {
      throw unanswered("reading the session's state", e);
    }
  }

  /** Whether a prepared statement is our own, which stays until {@link #close()}. */
  boolean keeps(String preparedStatement) {
    return !closed && channel.keeps(preparedStatement);
  }

  /** Never hands the connection back: something is left in it that cannot be undone. */
  public void spoil() {
    intact = false;
  }

  /** Goes back to the remembered state and gives the connection back, or aborts it. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean restored = false;
    try {
      if (intact && initial != null) {
        initial.restore(this);
      }
      restored = intact;
    } catch (CommandFailedException e) {
      log().debug("The connection is not handed back, because its state could not be restored", e);
    } finally {
      borrowed.giveBack(restored);
    }
  }

  /** No constant: in a process that logs nothing else, preparing to log takes longer than looking at the table. */
  private static Logger log() {
    return LoggerFactory.getLogger(Session.class);
  }

  private Replies send(List<Command> commands, int limit, IntConsumer completed) {
    Replies replies = new Replies();
    int start = 0;
    while (start < commands.size()) {
      Command first = commands.get(start);
      int end = first.travelsAlone() ? start + 1 : endOfMessage(commands, start, limit);
      try {
        if (first.copyData() != null) {
          CopyIn.send(borrowed.driver(), first);
          replies.commandCompleted();
        } else if (first.pins() != null) {
          pinned = state(first.pins());
          replies.commandCompleted();
        } else {
          channel.send(commands.subList(start, end), replies);
        }
      } catch (CommandFailedException e) {
        throw failed(
            new CommandFailedException(start + e.index(), e.error(), replies.noticeTexts()));
      } catch (RuntimeException | Error e) {
        // Nobody knows what is still on the wire.
        intact = false;
        throw e;
      }
      completed.accept(end - 1);
      start = end;
    }
    return replies;
  }

  /** The end of the longest run of commands from {@code start} that is safe to send unanswered: at least one. */
  private static int endOfMessage(List<Command> commands, int start, int limit) {
    int end = start + 1;
    long bytes = commands.get(start).bytes();
    while (end < commands.size()) {
      Command next = commands.get(end);
      bytes += next.bytes();
      if (next.travelsAlone() || bytes > limit) {
        break;
      }
      end++;
    }
    return end;
  }

  private CommandFailedException failed(CommandFailedException failure) {
    if (failure.error().isConnectionLoss()) {
      intact = false;
    }
    return failure;
  }

  /**
   * The exception for a question that the server could not answer.
   *
   * @param what what was asked, in words
   */
  public static MigrationException unanswered(String what, CommandFailedException failure) {
    ServerError error = failure.error();
    return MigrationException.because(
            error.isConnectionLoss()
                ? FailureCode.CONNECTION_LOST
                : FailureCode.TRACKING_TABLE_UNUSABLE,
            what + " failed: " + Redaction.redact(error.message()))
        .sqlState(error.sqlState())
        .advice(
            "check the role's privileges on the tracking tables and their schema, and whether the server accepts writes.")
        .cause(failure)
        .build();
  }
}
