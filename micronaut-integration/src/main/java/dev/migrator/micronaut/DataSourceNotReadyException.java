package dev.migrator.micronaut;

import dev.migrator.migration.MigrationException;
import java.io.Serial;
import java.sql.SQLTransientConnectionException;

/**
 * A data source gives no connection yet, because its migrations are not done. Its SQLSTATE is 57P03, cannot connect now: trying
 * again later may succeed.
 */
public final class DataSourceNotReadyException extends SQLTransientConnectionException {

  @Serial
  private static final long serialVersionUID = 1L;

  DataSourceNotReadyException(MigratedDataSource dataSource) {
    super("data source " + dataSource.name() + " is not ready: " + reason(dataSource), "57P03");
  }

  /** Why a data source is not ready, in one line; without what only the log of the boot should hold. */
  static String reason(MigratedDataSource dataSource) {
    BootStatus status = dataSource.status();
    MigrationException failure = status.failure();
    BootProgress progress = status.progress();
    if (failure != null) {
      return (status.state() == BootState.WAITING
              ? "it waits until its migrations are applied ("
              : "it was not migrated (")
          + failure.code() + ").";
    }
    if (status.state() == BootState.FAILED) {
      return "it was not migrated.";
    }
    return progress == null
        ? "its migrations have not begun."
        : "it is being migrated (" + progress.words() + ").";
  }
}
