package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How large tables are, by the planner's statistics: asking takes no lock on them, however they are in use. */
public final class TableSizes {

  /**
   * A partitioned table is as large as its partitions together. Statistics that nobody has collected are -1. Not asked of
   * pg_partition_tree(), which waits for the lock of every partition.
   */
  private static final String SIZES = """
      WITH RECURSIVE family (root, oid) AS (
          SELECT c.oid, c.oid
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relname = ANY ($1::text[]) AND c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_'
          UNION
          SELECT f.root, h.inhrelid
            FROM family f
            JOIN pg_catalog.pg_class c ON c.oid = f.oid AND c.relkind = 'p'
            JOIN pg_catalog.pg_inherits h ON h.inhparent = f.oid
      )
      SELECT n.nspname || '.' || c.relname, s.rows::bigint, s.pages * pg_catalog.current_setting('block_size')::bigint
        FROM (SELECT f.root,
                     CASE WHEN pg_catalog.min(l.reltuples) < 0 THEN -1 ELSE pg_catalog.sum(l.reltuples) END AS rows,
                     pg_catalog.sum(l.relpages::bigint) AS pages
                FROM family f
                JOIN pg_catalog.pg_class l ON l.oid = f.oid AND l.relkind <> 'p'
               GROUP BY f.root) s
        JOIN pg_catalog.pg_class c ON c.oid = s.root
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      """;

  private static final String VERSION =
      "SELECT pg_catalog.current_setting('server_version_num')::bigint";

  private TableSizes() {}

  /**
   * The size of a table.
   *
   * @param rows how many rows it has, about; -1 when nobody has counted
   * @param bytes what it takes on disk
   */
  public record Size(long rows, long bytes) {}

  /** The server's major version. */
  public static int serverVersion(Session session) {
    return (int) (session.queryOne(Command.of(VERSION), row -> row.number(1)) / 10_000);
  }

  /** The sizes of the tables of these names in any schema, by {@code schema.name}. */
  public static Map<String, Size> of(Session session, Collection<String> names) {
    Map<String, Size> sizes = new HashMap<>();
    if (!names.isEmpty()) {
      session
          .query(
              Command.of(SIZES, Identifiers.array(names)),
              row -> Map.entry(row.text(1), new Size(row.number(2), row.number(3))))
          .forEach(entry -> sizes.put(entry.getKey(), entry.getValue()));
    }
    return sizes;
  }
}
