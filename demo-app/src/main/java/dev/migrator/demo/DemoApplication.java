package dev.migrator.demo;

import dev.migrator.micronaut.MigratorApplication;
import dev.migrator.migration.FailureCode;
import io.micronaut.runtime.Micronaut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the demo: quotes and invoices, on a database that is migrated before the port opens. */
public final class DemoApplication {
  private static final Logger LOG = LoggerFactory.getLogger(DemoApplication.class);

  private DemoApplication() {}

  /**
   * Starts the application and leaves it running until it is interrupted.
   *
   * @param args Micronaut's command line arguments
   */
  public static void main(String[] args) {
    Micronaut application =
        MigratorApplication.build(args).mainClass(DemoApplication.class).banner(false);
    try {
      DemoDatabase.choose(application, args);
    } catch (IllegalArgumentException e) {
      LOG.error("DEMO_DATABASE_URL cannot be used: {}", e.getMessage());
      System.exit(FailureCode.CONFIGURATION_INVALID.exitCode());
    }
    application.start();
  }
}
