package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.UUID;

/**
 * What other runs have done to the tracking tables, as one text that changes with it: what they wrote to the history, and
 * what they are at. All who write hold the lock, so the history's sequence grows in the order of their commits.
 */
final class Others {

  private static final String DID = """
      SELECT coalesce((SELECT pg_catalog.max(sequence) FROM %{history} WHERE run_id IS DISTINCT FROM $1::uuid), 0)
             || ' ' || (SELECT pg_catalog.count(*) FROM %{migrations}
                         WHERE status = 'running' AND run_id IS DISTINCT FROM $2::uuid)""";

  /** Without tables of ours there is one thing that another run can have done: make them, or take them over. */
  private static final String MADE_NONE = """
      SELECT coalesce(pg_catalog.obj_description(pg_catalog.to_regclass($1::text), 'pg_class'), '') NOT LIKE '""" + TrackingTables.MARK + "%'";

  private Others() {}

  /**
   * A query that is true as long as they have done no more than now.
   *
   * @param ours whether there are tables of ours
   */
  static Command didNoMore(Session session, Located located, boolean ours, UUID run) {
    TrackingNames names = located.names();
    if (!ours) {
      return Command.of(MADE_NONE, Identifiers.quote(names.schema(), names.table()));
    }
    String did = names.fill(DID);
    String now =
        session.queryOne(Command.of(did, run.toString(), run.toString()), row -> row.text(1));
    return Command.of("SELECT (" + did + ") = $3::text", run.toString(), run.toString(), now);
  }
}
