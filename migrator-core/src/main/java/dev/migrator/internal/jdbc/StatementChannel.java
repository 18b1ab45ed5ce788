package dev.migrator.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends one command at a time through plain JDBC: for a connection that does not let its driver be reached. */
final class StatementChannel implements Channel {

  private static final Pattern PARAMETER = Pattern.compile("\\$[0-9]+");

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
        notices(statement, replies);
      }
      return;
    }
    // Only SQL of our own has parameters, and it never holds a '?' or a '$1' for anything else.
    try (PreparedStatement statement = connection.prepareStatement(forDriver(command))) {
      bind(statement, command.parameters());
      running = statement;
      statement.execute();
      notices(statement, replies);
    }
  }

  /** The command's SQL with the driver's own parameter marks; ours are numbered in the order in which they stand. */
  static String forDriver(Command command) {
    return command.parameters().isEmpty()
        ? command.sql()
        : PARAMETER.matcher(command.sql()).replaceAll("?");
  }

  static void bind(PreparedStatement statement, List<@Nullable String> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setString(i + 1, values.get(i));
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
