package dev.migrator.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends one command at a time through plain JDBC: for a connection that does not let its driver be reached. */
final class StatementChannel implements Channel {

  private final Connection connection;
  private volatile @Nullable Statement running;

  StatementChannel(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void send(List<Command> commands, Replies replies) {
    for (int i = 0; i < commands.size(); i++) {
      try {
        run(commands.get(i), replies);
      } catch (SQLException e) {
        throw new CommandFailedException(i, ServerError.of(e));
      }
      replies.commandCompleted();
    }
  }

  @Override
  public void query(List<Command> queries, RowTaker taker) {
    for (int i = 0; i < queries.size(); i++) {
      try {
        query(i, queries.get(i), taker);
      } catch (SQLException e) {
        throw new CommandFailedException(i, ServerError.of(e));
      } finally {
        running = null;
      }
    }
  }

  private void query(int place, Command command, RowTaker taker) throws SQLException {
    try (Statement statement = command.parameters().isEmpty()
        ? connection.createStatement()
        : connection.prepareStatement(forDriver(command))) {
      running = statement;
      boolean returnsRows;
      if (statement instanceof PreparedStatement prepared) {
        bind(prepared, command.parameters());
        returnsRows = prepared.execute();
      } else {
        statement.setEscapeProcessing(false);
        returnsRows = statement.execute(command.sql());
      }
      if (returnsRows) {
        try (ResultSet rows = statement.getResultSet()) {
          ResultRow row = new ResultRow(rows);
          while (rows.next()) {
            taker.take(place, row);
          }
        }
      }
    }
  }

  @Override
  public void cancel() throws SQLException {
    Statement statement = running;
    if (statement != null) {
      statement.cancel();
    }
  }

  @Override
  public boolean pipelines() {
    return false;
  }

  private void run(Command command, Replies replies) throws SQLException {
    try {
      execute(command, replies);
    } finally {
      running = null;
    }
  }

  private void execute(Command command, Replies replies) throws SQLException {
    if (command.parameters().isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        running = statement;
        statement.execute(command.sql());
        answer(command, statement, replies);
        notices(statement, replies);
      }
      return;
    }
    // Only SQL of our own has parameters, and it never holds a '?' or a '$1' for anything else.
    try (PreparedStatement statement = connection.prepareStatement(forDriver(command))) {
      bind(statement, command.parameters());
      running = statement;
      statement.execute();
      answer(command, statement, replies);
      notices(statement, replies);
    }
  }

  /** The command's SQL with the driver's own parameter marks; ours are numbered in the order in which they stand. */
  static String forDriver(Command command) {
    String sql = command.sql();
    if (command.parameters().isEmpty()) {
      return sql;
    }
    StringBuilder driver = new StringBuilder(sql.length());
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      driver.append(c == '$' && isDigit(sql, i + 1) ? '?' : c);
      while (c == '$' && isDigit(sql, i + 1)) {
        i++;
      }
    }
    return driver.toString();
  }

  private static boolean isDigit(String sql, int at) {
    return at < sql.length() && sql.charAt(at) >= '0' && sql.charAt(at) <= '9';
  }

  static void bind(PreparedStatement statement, List<@Nullable String> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setString(i + 1, values.get(i));
    }
  }

  private static void answer(Command command, Statement statement, Replies replies)
      throws SQLException {
    if (command.rows() == Command.Rows.FIRST_KEPT) {
      try (ResultSet rows = statement.getResultSet()) {
        replies.answered(rows.next() ? rows.getString(1) : null);
      }
    }
  }

  private static void notices(Statement statement, Replies replies) throws SQLException {
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      replies.notice(Notices.text(warning));
    }
  }
}
