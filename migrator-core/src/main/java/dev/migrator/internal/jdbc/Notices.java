package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Redaction;
import java.sql.SQLWarning;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** What the server says beside its results, as text. */
final class Notices {

  private Notices() {}

  /** {@code SEVERITY: message}, as psql prints it, without passwords. */
  static String text(SQLWarning warning) {
    ServerErrorMessage server =
        warning instanceof PSQLWarning postgres ? postgres.getServerErrorMessage() : null;
    if (server == null) {
      return Redaction.redact(String.valueOf(warning.getMessage()));
    }
    return server.getSeverity() + ": " + Redaction.redact(String.valueOf(server.getMessage()));
  }
}
