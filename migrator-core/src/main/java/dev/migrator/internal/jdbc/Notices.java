package dev.migrator.internal.jdbc;

import java.sql.SQLWarning;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** What the server says beside its results, as text. */
final class Notices {

  private Notices() {}

  /** {@code SEVERITY: message}, as psql prints it. */
  static String text(SQLWarning warning) {
    ServerErrorMessage server =
        warning instanceof PSQLWarning postgres ? postgres.getServerErrorMessage() : null;
    if (server == null) {
      return String.valueOf(warning.getMessage());
    }
    return server.getSeverity() + ": " + server.getMessage();
  }
}
