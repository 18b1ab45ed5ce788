package dev.migrator.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an application like {@link Micronaut}, and ends it in order when it cannot be migrated: what happened is logged as
 * one block at level ERROR, without stack trace, and the process ends with the exit code of the failure.
 *
 * <p>Use it in {@code main} in place of {@link Micronaut}: {@code MigratorApplication.run(Application.class, args)}. Any
 * other failure, and every failure in Micronaut's environment {@code test}, is left to Micronaut.
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
    Optional<StartupFailure> failure = StartupFailure.of(thrown);
    if (failure.isEmpty() || environment.getActiveNames().contains(Environment.TEST)) {
      super.handleStartupException(environment, thrown);
      return;
    }
    LOG.error("The application does not start: {}", failure.get().message());
    System.exit(failure.get().code().exitCode());
  }
}
