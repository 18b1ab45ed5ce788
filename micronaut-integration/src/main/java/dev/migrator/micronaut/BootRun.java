package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.StopAtShutdown;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.TextReport;
import dev.migrator.report.MigrationReport;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the boot of one data source does, in its mode.
 *
 * @param dataSource the data source; its status is kept
 * @param engine what works on it
 * @param waitTimeout how long nothing may come of another runner
 * @param inBackground whether the application starts without it
 */
record BootRun(
    MigratedDataSource dataSource,
    MigrationEngine engine,
    Duration waitTimeout,
    boolean inBackground) {

  private static final Logger LOG = LoggerFactory.getLogger(BootRun.class);

  /**
   * Does it.
   *
   * @throws MigrationException when it ended without success; the status says so too
   */
  void run() {
    try {
      switch (dataSource.mode()) {
        case OFF -> {}
        case VALIDATE -> {
          dataSource.update(status -> status.to(BootState.RUNNING, null));
          new OtherRunner(dataSource, engine).requireDone();
          LOG.info(
              "Data source {} is as the scripts describe it: nothing is pending, nothing was edited.",
              dataSource.name());
        }
        case WAIT -> {
          new OtherRunner(dataSource, engine).await(waitTimeout);
          LOG.info("Data source {} is migrated: nothing is pending.", dataSource.name());
        }
        case APPLY -> {
          dataSource.update(status -> status.to(BootState.RUNNING, null));
          MigrationReport report = StopAtShutdown.during(engine, this::apply);
          dataSource.update(status -> status.reporting(report));
        }
      }
    } catch (MigrationException e) {
      dataSource.update(status -> status.progressing(null).to(BootState.FAILED, e));
      throw e;
    }
    dataSource.update(status -> status.progressing(null).to(BootState.DONE, null));
  }

  private MigrationReport apply() {
    try {
      MigrationReport report = engine.migrate();
      LOG.info("Data source {}:\n{}", dataSource.name(), TextReport.of(report).stripTrailing());
      return report;
    } catch (MigrationException e) {
      if (e.code() == FailureCode.CANCELLED) {
        // The process is told to end, and it waits for this method, not for what catches the
        // exception.
        LOG.error(
            "{}: {}",
            inBackground ? "The application ends" : "The application does not start",
            new DataSourceMigrationException(dataSource.name(), e).getMessage());
      }
      throw e;
    }
  }
}
