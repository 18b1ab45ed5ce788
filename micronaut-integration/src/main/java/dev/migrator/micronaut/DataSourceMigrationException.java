package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.Serial;

/** The engine's failure, and whose it is. */
final class DataSourceMigrationException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  DataSourceMigrationException(String dataSource, MigrationException failure) {
    super(message(dataSource, failure), failure);
  }

  private static String message(String dataSource, MigrationException failure) {
    String message = "data source " + dataSource + " was not migrated:\n" + failure.getMessage();
    return failure.code() == FailureCode.PRODUCTION_UNCONFIRMED
        ? message + "\n  In Micronaut's configuration: "
            + DataSourceSettings.property(dataSource, "confirm-production") + "=true; or "
            + DataSourceSettings.property(dataSource, "environment")
            + ", where it is not production"
        : message;
  }
}
