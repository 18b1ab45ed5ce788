package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Puts into words that no connection could be had: to which address, why, and what to do about it. */
final class Unreachable {

  private Unreachable() {}

  /** The failure; a pool reports an unreachable database in exceptions of its own. */
  static MigrationException failure(DataSource dataSource, Exception e) {
    String state = reported(e) instanceof SQLException sql ? sql.getSQLState() : null;
    String address = dataSource instanceof DriverDataSource driver ? " at " + driver.address() : "";
    return MigrationException.because(
            FailureCode.DATABASE_UNREACHABLE,
            "no connection to the database" + address + ": " + Redaction.redact(words(e)))
        .sqlState(state)
        .done("nothing was changed.", List.of())
        .advice(advice(state))
        .cause(SafeCause.of(e))
        .build();
  }

  /** What happened, in one sentence. */
  static String words(Exception e) {
    Throwable cause = reported(e);
    String network = network(cause);
    if (network != null) {
      return network;
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** What the driver said, within the exceptions of a pool. */
  private static Throwable reported(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** What the driver keeps to itself: it says only that the attempt failed. Hosts stay out, what was misread may be secret. */
  private static @Nullable String network(Throwable failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "no address is known for its host.";
      }
      if (cause instanceof SocketTimeoutException) {
        return "the server did not answer in time.";
      }
      if (cause instanceof NoRouteToHostException) {
        return "there is no route to its host.";
      }
    }
    return null;
  }

  private static String advice(@Nullable String state) {
    return switch (state == null ? "" : state) {
      case "28P01" -> "check the user and the password.";
      case "28000" ->
        "check the user and the password, and whether the server's pg_hba.conf lets them in from here.";
      case "08004" ->
        "give what it asks for: a password comes from the data source, or on the command line from DATABASE_URL, PGPASSWORD,"
            + " a pgpass file or --password-stdin.";
      case "3D000" ->
        "correct the name, or create the database; in development and test 'migrate --create-database' does.";
      case "53300" ->
        "end sessions that nobody needs, or let the server have more (max_connections).";
      case "57P03" -> "wait until the server is up, and run again.";
      default -> "check that the server runs, and the address, the user and the password.";
    };
  }
}
