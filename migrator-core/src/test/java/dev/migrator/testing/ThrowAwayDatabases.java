package dev.migrator.testing;

import dev.migrator.config.Connections;
import dev.migrator.config.ThrowAwayServer;

/** The throw-away databases that what is tested makes, on the server of the tests. */
public final class ThrowAwayDatabases {

  private ThrowAwayDatabases() {}

  /** The server of a test's database, for them to be made on. */
  public static ThrowAwayServer beside(TestDatabase database) {
    return ThrowAwayServer.given(Connections.to(database.jdbcUrl())
        .withUser(database.user())
        .withPassword(database.password()));
  }

  /** How many there are on the whole server; other tests make some too. */
  public static long count(TestDatabase database) {
    return Long.parseLong(database.value(
        "select count(*) from pg_database where datname like 'migrator\\_scratch\\_%'"));
  }
}
