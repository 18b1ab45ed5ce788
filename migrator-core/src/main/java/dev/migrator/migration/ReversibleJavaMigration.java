package dev.migrator.migration;

import java.sql.Connection;

/** A migration written in Java that can be undone, as long as its class is there: code is not stored in the database. */
public interface ReversibleJavaMigration extends JavaMigration {

  /**
   * Undoes it.
   *
   * @param connection as {@link #apply}
   * @throws Exception when it cannot
   */
  void rollback(Connection connection) throws Exception;
}
