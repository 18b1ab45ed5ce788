package dev.migrator.micronaut.metrics;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What one query tells about a database.
 *
 * @param size its size, in bytes
 * @param active how many sessions are at work in it
 * @param unvalidated how many of its foreign keys were never validated
 */
record DatabaseSample(long size, long active, long unvalidated) {

  private static final String QUERY = """
      SELECT pg_catalog.pg_database_size(pg_catalog.current_database()),
             (SELECT pg_catalog.count(*)
                FROM pg_catalog.pg_stat_activity a
               WHERE a.datname = pg_catalog.current_database() AND a.state = 'active'
                 AND a.pid <> pg_catalog.pg_backend_pid()),
             (SELECT pg_catalog.count(*)
                FROM pg_catalog.pg_constraint c
               WHERE c.contype = 'f' AND NOT c.convalidated)
      """;

  /** Asks the server. */
  static DatabaseSample of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return new DatabaseSample(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }
}
