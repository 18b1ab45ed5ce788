package dev.migrator.internal.backup;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.MigrationException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server at the moment when a backup of it begins.
 *
 * @param major its major version
 * @param version its version as people write it
 * @param database the database
 * @param identity which database of which running server it is
 * @param time its time
 * @param lsn its place in the write-ahead log; {@code null} on a standby, and where the role may not ask
 */
public record ServerMoment(
    int major,
    String version,
    String database,
    String identity,
    Instant time,
    @Nullable String lsn) {

  private static final String ASK = """
      SELECT pg_catalog.current_setting('server_version_num')::integer / 10000,
             pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1),
             pg_catalog.current_database(),
             pg_catalog.concat_ws(' ', d.oid, pg_catalog.pg_postmaster_start_time()),
             pg_catalog.floor(1000 * extract(epoch FROM pg_catalog.clock_timestamp()))::bigint,
             NOT pg_catalog.pg_is_in_recovery()
               AND pg_catalog.has_function_privilege('pg_catalog.pg_current_wal_lsn()', 'EXECUTE')
        FROM pg_catalog.pg_database d
       WHERE d.datname = pg_catalog.current_database()
      """;

  /** Apart, because a function that the role may not call fails even where a condition spares it. */
  private static final String ASK_LSN = "SELECT pg_catalog.pg_current_wal_lsn()::text";

  private static final String SET_POINT =
      "SELECT pg_catalog.pg_create_restore_point($1::text)::text";

  private static final String MAY_SET_POINT = """
      SELECT pg_catalog.has_function_privilege('pg_catalog.pg_create_restore_point(text)', 'EXECUTE')
             AND NOT pg_catalog.pg_is_in_recovery() AND pg_catalog.current_setting('wal_level') <> 'minimal'
      """;

  /**
   * Asks it.
   *
   * @throws MigrationException {@code CONNECTION_LOST} when it does not answer
   */
  public static ServerMoment of(Session session) {
    try {
      ServerMoment moment = session.queryOne(
          Command.of(ASK),
          row -> new ServerMoment(
              (int) row.number(1),
              row.text(2),
              row.text(3),
              row.text(4),
              Instant.ofEpochMilli(row.number(5)),
              row.flag(6) ? "" : null));
      return moment.lsn() == null
          ? moment
          : moment.at(session.queryOne(Command.of(ASK_LSN), row -> row.text(1)));
    } catch (CommandFailedException e) {
      throw Session.unanswered("asking the server for its time", e);
    }
  }

  private ServerMoment at(String place) {
    return new ServerMoment(major, version, database, identity, time, place);
  }

  /**
   * Sets a restore point, where the role may.
   *
   * @return its name; {@code null} where the role may not, and on a server that keeps too little for it
   */
  static @Nullable String restorePoint(Session session, String name) {
    try {
      if (!session.queryOne(Command.of(MAY_SET_POINT), row -> row.flag(1))) {
        return null;
      }
      session.queryOne(Command.of(SET_POINT, name), row -> row.text(1));
      return name;
    } catch (CommandFailedException e) {
      throw Session.unanswered("setting a restore point", e);
    }
  }
}
