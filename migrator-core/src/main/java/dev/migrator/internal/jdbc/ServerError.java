package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Redaction;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server, or the driver in its place, said of a failure; secrets are taken out already.
 *
 * @param sqlState the SQLSTATE; {@code null} when there is none
 * @param message the message
 * @param detail the DETAIL line; {@code null} when there is none
 * @param hint the HINT line; {@code null} when there is none
 * @param where the CONTEXT lines; {@code null} when there are none
 * @param position the place in the statement's text, in characters from 1; 0 when unknown
 * @param severity as the server has it; {@code null} when the driver speaks in its place
 * @param cause the exception, perhaps a copy of it without secrets
 */
public record ServerError(
    @Nullable String sqlState,
    String message,
    @Nullable String detail,
    @Nullable String hint,
    @Nullable String where,
    int position,
    @Nullable String severity,
    SQLException cause) {

  /** The parts of an exception. */
  public static ServerError of(SQLException exception) {
    ServerErrorMessage server =
        exception instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    String message = exception.getMessage() == null ? exception.toString() : exception.getMessage();
    if (server == null) {
      return new ServerError(
          exception.getSQLState(),
          Redaction.redact(message),
          null,
          null,
          null,
          0,
          null,
          SafeCause.of(exception));
    }
    return new ServerError(
        exception.getSQLState(),
        Redaction.redact(server.getMessage() == null ? message : server.getMessage()),
        redacted(server.getDetail()),
        redacted(server.getHint()),
        redacted(server.getWhere()),
        server.getPosition(),
        server.getSeverity(),
        SafeCause.of(exception));
  }

  /**
   * The same without the secrets of a statement that it is about: the server may repeat a value without what says that it is a
   * password.
   */
  ServerError about(String sql) {
    List<String> known = Redaction.secrets(sql);
    return known.isEmpty()
        ? this
        : new ServerError(
            sqlState,
            Redaction.redact(message, known),
            redacted(detail, known),
            redacted(hint, known),
            redacted(where, known),
            position,
            severity,
            SafeCause.of(cause, known));
  }

  /**
   * Whether the connection itself is gone: the driver lost it, or the server ended the session. An ordinary error is none,
   * whatever its SQLSTATE: functions may raise class 08 for connections of their own.
   */
  public boolean isConnectionLoss() {
    return severity == null
        ? sqlState != null && sqlState.startsWith("08")
        : severity.equals("FATAL") || severity.equals("PANIC");
  }

  /**
   * Everything beside the message, one part a line.
   *
   * @param excerpt the SQL that failed, with a caret; empty when there is none
   */
  public String explanation(String excerpt) {
    StringBuilder lines = new StringBuilder();
    if (!excerpt.isEmpty()) {
      lines.append(Redaction.redact(excerpt)).append('\n');
    }
    append(lines, "SQLSTATE", sqlState);
    append(lines, "DETAIL", detail);
    append(lines, "HINT", hint);
    append(lines, "WHERE", where);
    return lines.toString();
  }

  private static void append(StringBuilder lines, String title, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      lines.append(title).append(": ").append(text).append('\n');
    }
  }

  private static @Nullable String redacted(@Nullable String text) {
    return text == null ? null : Redaction.redact(text);
  }

  private static @Nullable String redacted(@Nullable String text, List<String> known) {
    return text == null ? null : Redaction.redact(text, known);
  }
}
