package dev.migrator.internal.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server, or the driver in its place, said of a failure.
 *
 * @param sqlState the SQLSTATE; {@code null} when there is none
 * @param message the message
 * @param detail the DETAIL line; {@code null} when there is none
 * @param hint the HINT line; {@code null} when there is none
 * @param where the CONTEXT lines; {@code null} when there are none
 * @param position the place in the statement's text, in characters from 1; 0 when unknown
 * @param cause the exception
 */
public record ServerError(
    @Nullable String sqlState,
    String message,
    @Nullable String detail,
    @Nullable String hint,
    @Nullable String where,
    int position,
    SQLException cause) {

  /** The parts of an exception. */
  public static ServerError of(SQLException exception) {
    ServerErrorMessage server =
        exception instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    String message = exception.getMessage() == null ? exception.toString() : exception.getMessage();
    if (server == null) {
      return new ServerError(exception.getSQLState(), message, null, null, null, 0, exception);
    }
    return new ServerError(
        exception.getSQLState(),
        server.getMessage() == null ? message : server.getMessage(),
        server.getDetail(),
        server.getHint(),
        server.getWhere(),
        server.getPosition(),
        exception);
  }

  /**
   * Whether the connection itself is gone (class 08), or the server ended it: administrator shutdown, crash shutdown,
   * cannot connect now, idle session timeout (PostgreSQL manual, appendix A).
   */
  public boolean isConnectionLoss() {
    if (sqlState == null) {
      return false;
    }
    return sqlState.startsWith("08")
        || sqlState.equals("57P01")
        || sqlState.equals("57P02")
        || sqlState.equals("57P03")
        || sqlState.equals("57P05")
        || sqlState.equals("25P03");
  }
}
