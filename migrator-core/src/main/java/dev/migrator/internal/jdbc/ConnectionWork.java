package dev.migrator.internal.jdbc;

import java.sql.Connection;

/** Something that an application does with a connection. */
@FunctionalInterface
public interface ConnectionWork {

  /**
   * Does it.
   *
   * @throws Exception when it cannot
   */
  void on(Connection connection) throws Exception;
}
