package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.render.SafeText;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an application like {@link Micronaut}, and ends it in order when it cannot be migrated: what happened is logged as
 * one block at level ERROR, without stack trace, and the process ends with the exit code of the failure.
 *
 * <p>Use it in {@code main} in place of {@link Micronaut}: {@code MigratorApplication.run(Application.class, args)}. Any
 * other failure, and every failure in Micronaut's environment {@code test}, is left to Micronaut; but when its messages hold
 * a password (an address of the wrong form is cited as a whole), it is printed without, and the exit code is 1.
 */
public final class MigratorApplication extends Micronaut {

  private static final Logger LOG = LoggerFactory.getLogger(MigratorApplication.class);

  private MigratorApplication() {}

  /** As {@link Micronaut#build(String...)}. */
  public static Micronaut build(String... args) {
    return new MigratorApplication().args(args);
  }

  /** As {@link Micronaut#run(String...)}. */
  public static ApplicationContext run(String... args) {
    return build(args).start();
  }

  /** As {@link Micronaut#run(Class, String...)}. */
  public static ApplicationContext run(Class<?> application, String... args) {
    return build(args).classes(application).start();
  }

  /** As {@link Micronaut#run(Class[], String...)}. */
  public static ApplicationContext run(Class<?>[] applications, String... args) {
    return build(args).classes(applications).start();
  }

  @Override
  protected void handleStartupException(Environment environment, Throwable thrown) {
    if (!environment.getActiveNames().contains(Environment.TEST)) {
      if (RunAndExit.isCauseOf(thrown)) {
        LOG.info("The migrations are done, and the application ends ({}).", RunAndExit.PROPERTY);
        System.exit(0);
      }
      Optional<StartupFailure> failure = StartupFailure.of(thrown);
      if (failure.isPresent()) {
        if (failure.get().code() == FailureCode.CANCELLED) {
          // It is logged already, and the process is ending.
          System.exit(FailureCode.CANCELLED.exitCode());
        }
        end(failure.get().message(), failure.get().code().exitCode());
      } else if (!SafeText.of(trace(thrown)).equals(trace(thrown))) {
        end(SafeText.trace(thrown), 1);
      }
    }
    super.handleStartupException(environment, thrown);
  }

  private static void end(String message, int exitCode) {
    LOG.error("The application does not start: {}", message);
    System.exit(exitCode);
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
