package dev.migrator;

import dev.migrator.config.Connections;
import dev.migrator.internal.backup.ServerMoment;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;

/** What is asked of an address that programs use beside a data source: that both lead to the same database. */
final class SameDatabase {

  private SameDatabase() {}

  /**
   * Asks it.
   *
   * @param session of the data source
   * @param otherwise what would come of another database
   * @throws MigrationException {@code CONFIGURATION_INVALID} when they lead to different ones
   */
  static void require(Settings settings, Session session, String otherwise) {
    Connections connections = settings.database().connections();
    if (settings.database().direct() == null || connections == null) {
      return;
    }
    ServerMoment here = ServerMoment.of(session);
    ServerMoment there;
    try (Session direct = Session.open(DriverDataSource.to(connections))) {
      there = ServerMoment.of(direct);
    }
    if (!here.identity().equals(there.identity())) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the data source and the direct address lead to different databases ("
                  + here.database() + " and " + there.database() + "), so " + otherwise + ".")
          .done("nothing was changed.", List.of())
          .advice("let connections(..) name the same database on the same server.")
          .build();
    }
  }
}
