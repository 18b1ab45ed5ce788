package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.SafeText;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;

/**
 * Why an application did not start, when it was for its migrations or for want of a database.
 *
 * @param code the failure; it has the exit code
 * @param message what failed and what to do next, on several lines, ready to be printed; without a password
 */
public record StartupFailure(FailureCode code, String message) {

  /** A bean that needs a bean that needs a bean. */
  static final int DEEPEST = 100;

  /**
   * The failure that an exception was caused by; empty when it was something else.
   *
   * @param thrown what ended the start, however it is wrapped
   */
  public static Optional<StartupFailure> of(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof DataSourceMigrationException named
          && cause.getCause() instanceof MigrationException failure) {
        return Optional.of(new StartupFailure(failure.code(), String.valueOf(named.getMessage())));
      }
      if (cause instanceof DataSourceNotReadyException early) {
        return Optional.of(tooEarly(early));
      }
      if (cause instanceof MigrationException failure) {
        return Optional.of(
            new StartupFailure(failure.code(), String.valueOf(failure.getMessage())));
      }
      cause = cause.getCause();
    }
    return unreachable(thrown);
  }

  /**
   * The exit code of a process that ends for an exception, for {@code Micronaut.build(args).mapError(..)}.
   *
   * @param thrown what ended the start, however it is wrapped
   * @return the code of the failure, 1 when it was something else; 0 when all was done ({@code migrator.run-and-exit})
   */
  public static int exitCodeOf(Throwable thrown) {
    return RunAndExit.isCauseOf(thrown)
        ? 0
        : of(thrown).map(failure -> failure.code().exitCode()).orElse(1);
  }

  private static StartupFailure tooEarly(DataSourceNotReadyException early) {
    MigrationException failure = MigrationException.because(
            FailureCode.MIGRATIONS_PENDING,
            "a bean used a data source while the application started; " + early.getMessage())
        .advice(
            "let the bean connect later, or let the application wait for the migrations: background=false.")
        .build();
    return new StartupFailure(failure.code(), String.valueOf(failure.getMessage()));
  }

  /** A pool that connects while it is created fails before the engine can. */
  private static Optional<StartupFailure> unreachable(Throwable thrown) {
    Throwable cause = thrown;
    SQLException innermost = null;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql && concernsTheConnection(sql)) {
        innermost = sql;
      }
      cause = cause.getCause();
    }
    return Optional.ofNullable(innermost).map(sql -> {
      MigrationException failure = MigrationException.because(
              FailureCode.DATABASE_UNREACHABLE,
              "no connection to the database: " + SafeText.of(String.valueOf(sql.getMessage())))
          .sqlState(sql.getSQLState())
          .done("nothing was changed.", List.of())
          .advice("check that the server runs, and the address, the user and the password.")
          .build();
      return new StartupFailure(failure.code(), String.valueOf(failure.getMessage()));
    });
  }

  /** SQLSTATE classes 08 connection exception, 28 authorization, 3D no such database, 53 resources, 57P server state. */
  private static boolean concernsTheConnection(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientConnectionException
        || e instanceof SQLNonTransientConnectionException
        || (state != null
            && (state.startsWith("08")
                || state.startsWith("28")
                || state.startsWith("3D")
                || state.startsWith("53")
                || state.startsWith("57P")));
  }
}
