package dev.migrator.micronaut;

import java.io.Serial;

/** The migrations are done, and with {@code migrator.run-and-exit} that was all there is to do. */
final class RunAndExit extends RuntimeException {

  static final String PROPERTY = "migrator.run-and-exit";

  @Serial
  private static final long serialVersionUID = 1L;

  RunAndExit() {
    super(
        "the migrations are done, and " + PROPERTY
            + " ends the application here; start it with MigratorApplication, and the process ends with exit code 0.",
        null,
        false,
        false);
  }

  /** Whether that is why a start ended. */
  static boolean isCauseOf(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < StartupFailure.DEEPEST; depth++) {
      if (cause instanceof RunAndExit) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
