package dev.migrator.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a test left behind in its database. */
final class Leaks {
  /** A closed connection stays visible until its server process has ended. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(5);

  private static final String CONNECTIONS = """
      SELECT format('a connection: pid %s, application "%s", %s, last statement: %s',
                    pid, application_name, coalesce(state, 'state unknown'), left(query, 200))
        FROM pg_stat_activity
       WHERE datname = ?
         AND backend_type = 'client backend'
       ORDER BY pid
      """;

  private static final String ADVISORY_LOCKS = """
      SELECT format('an advisory lock: key %s, held by %s',
                    CASE l.objsubid WHEN 1 THEN ((l.classid::bigint << 32) | l.objid::bigint)::text
                                    ELSE l.classid || ', ' || l.objid END,
                    coalesce('pid ' || l.pid, 'a prepared transaction'))
        FROM pg_locks l
        JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = ?
         AND l.locktype = 'advisory'
         AND l.granted
       ORDER BY 1
      """;

  private static final String PREPARED_TRANSACTIONS = """
      SELECT format('a prepared transaction: %s', gid)
        FROM pg_prepared_xacts
       WHERE database = ?
       ORDER BY 1
      """;

  private Leaks() {}

  /** Everything that is still there after a second; at once when there is nothing. */
  static List<String> of(Connection connection, String database) throws SQLException {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (true) {
      List<String> leaks = new ArrayList<>();
      leaks.addAll(lines(connection, CONNECTIONS, database));
      leaks.addAll(lines(connection, ADVISORY_LOCKS, database));
      leaks.addAll(lines(connection, PREPARED_TRANSACTIONS, database));
      if (leaks.isEmpty() || System.nanoTime() > deadline) {
        return leaks;
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return leaks;
      }
    }
  }

  static List<String> advisoryLocks(Connection connection, String database) throws SQLException {
    return lines(connection, ADVISORY_LOCKS, database);
  }

  /** Rolls back the prepared transactions of the connection's database: nothing else lets it be dropped. */
  static void endPreparedTransactions(Connection inside) throws SQLException {
    List<String> rollbacks = lines(
        inside,
        "SELECT format('ROLLBACK PREPARED %L', gid) FROM pg_prepared_xacts WHERE database = ?",
        inside.getCatalog());
    for (String rollback : rollbacks) {
      try (Statement statement = inside.createStatement()) {
        statement.execute(rollback);
      }
    }
  }

  private static List<String> lines(Connection connection, String sql, String database)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
        return lines;
      }
    }
  }
}
