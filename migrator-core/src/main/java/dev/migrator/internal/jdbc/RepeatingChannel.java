package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Identifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Sends commands that are {@linkplain Command#often() repeated} as EXECUTE of a prepared statement: to parse and plan the
 * records of a small migration takes the server longer than to write them.
 *
 * <p>Prepared with SQL, for the driver forgets its own prepared statements with every DDL command. EXECUTE takes no
 * parameters from the protocol, so they become constants. A script can make the server forget the statement; then its
 * command fails, and this channel prepares nothing any more.
 */
final class RepeatingChannel implements Channel {

  /** invalid_sql_statement_name (PostgreSQL manual, appendix A). */
  static final String UNKNOWN_STATEMENT = "26000";

  private static final String PREFIX = "migrator_repeated_";

  /** To prepare costs as much as to send two or three times, and a wait. */
  private static final int WORTH_IT = 3;

  private final Channel channel;
  private final BaseConnection connection;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private boolean trusting = true;

  RepeatingChannel(Channel channel, BaseConnection connection) {
    this.channel = channel;
    this.connection = connection;
  }

  @Override
  public void send(List<Command> commands, Replies replies) {
    if (!trusting || commands.stream().noneMatch(Command::repeated)) {
      channel.send(commands, replies);
      return;
    }
    prepare(commands);
    List<Command> sent = commands.stream().map(this::shortened).toList();
    try {
      channel.send(sent, replies);
    } catch (CommandFailedException e) {
      trusting = !UNKNOWN_STATEMENT.equals(e.error().sqlState());
      throw e;
    }
  }

  @Override
  public void query(List<Command> queries, RowTaker taker) {
    channel.query(queries, taker);
  }

  @Override
  public void cancel() throws SQLException {
    channel.cancel();
  }

  @Override
  public boolean pipelines() {
    return channel.pipelines();
  }

  @Override
  public boolean keeps(String preparedStatement) {
    return names.containsValue(preparedStatement);
  }

  private void prepare(List<Command> commands) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (Command command : commands) {
      if (command.repeated()
          && uses.merge(command.sql(), 1, Integer::sum) >= WORTH_IT
          && !names.containsKey(command.sql())) {
        wanted.putIfAbsent(command.sql(), PREFIX + (names.size() + wanted.size() + 1));
      }
    }
    // Within a transaction an error would be the script's.
    if (wanted.isEmpty() || connection.getTransactionState() != TransactionState.IDLE) {
      return;
    }
    List<Command> prepares = new ArrayList<>();
    wanted.forEach((sql, name) -> prepares.add(Command.of("PREPARE " + name + " AS " + sql)));
    names.putAll(wanted);
    try {
      channel.send(prepares, new Replies());
    } catch (CommandFailedException e) {
      trusting = false;
      if (e.error().isConnectionLoss()) {
        throw new CommandFailedException(0, e.error());
      }
    }
  }

  private Command shortened(Command command) {
    String name = command.repeated() && trusting ? names.get(command.sql()) : null;
    if (name == null) {
      return command;
    }
    StringBuilder sql = new StringBuilder("EXECUTE ").append(name);
    char before = '(';
    for (@Nullable String parameter : command.parameters()) {
      sql.append(before).append(parameter == null ? "NULL" : Identifiers.constant(parameter));
      before = ',';
    }
    return Command.of(sql.append(')').toString());
  }
}
