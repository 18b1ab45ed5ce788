package dev.migrator.internal.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** A {@code COPY ... FROM STDIN} with its data. */
final class CopyIn {

  /** What a file that cannot be read is to the server (PostgreSQL manual, appendix A). */
  private static final String IO_ERROR = "58030";

  private CopyIn() {}

  /**
   * Sends it, in one wait.
   *
   * @param driver the driver's connection; {@code null} when it hides
   * @throws CommandFailedException when it failed, or when there is no such connection
   */
  static void send(@Nullable BaseConnection driver, Command command) {
    Command.CopySource data = command.copyData();
    if (driver == null || data == null) {
      throw new CommandFailedException(
          0,
          ServerError.of(new SQLException(
              "COPY ... FROM STDIN needs a connection of the PostgreSQL driver", "0A000")));
    }
    try (InputStream in = data.open()) {
      driver.getCopyAPI().copyIn(command.sql(), in);
    } catch (SQLException e) {
      throw new CommandFailedException(0, ServerError.of(e));
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailedException(
          0, ServerError.of(new SQLException(e.getMessage(), IO_ERROR, e)));
    }
  }
}
