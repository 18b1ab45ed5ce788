package dev.migrator.internal.inspect;

import dev.migrator.internal.inspect.Blocker.Backend;
import dev.migrator.internal.inspect.Blocker.Prepared;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.report.LockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps a session waiting, and who keeps those waiting, down to the roots.
 *
 * @param pid the session that waits
 * @param awaited the lock that it waits for, for example {@code AccessExclusiveLock on public.orders}; {@code null} when it
 *     had got it by then
 * @param blockers everyone in its way; empty when nobody is
 */
public record Blockers(int pid, @Nullable String awaited, List<Blocker> blockers)
    implements Observation {

  /** What a lock is on, of a row {@code w} of pg_locks. */
  private static final String OBJECT = """
      CASE WHEN w.relation IS NOT NULL THEN coalesce(
                (SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
                   FROM pg_catalog.pg_class c
                   JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.oid = w.relation AND w.database IN (0, d.oid)), 'relation ' || w.relation)
           WHEN w.virtualxid IS NOT NULL THEN 'transaction ' || w.virtualxid
           WHEN w.transactionid IS NOT NULL THEN 'transaction ' || w.transactionid
           ELSE w.locktype END
      """;

  /** Whether the rows {@code h} and {@code w} of pg_locks are about the same thing. */
  private static final String SAME = """
      (h.locktype, h.database, h.relation, h.page, h.tuple, h.virtualxid, h.transactionid, h.classid, h.objid, h.objsubid)
      IS NOT DISTINCT FROM
      (w.locktype, w.database, w.relation, w.page, w.tuple, w.virtualxid, w.transactionid, w.classid, w.objid, w.objsubid)
      """;

  /**
   * Every process is asked once for its blockers, however many it blocks, and a circle ends by itself. The asking session
   * itself may be among them for a moment: its snapshot is what a CREATE INDEX CONCURRENTLY waits for.
   */
  private static final String CHAIN =
      """
      WITH RECURSIVE me (pid) AS (
          SELECT $1::integer
      ), chain (pid) AS (
          SELECT b.pid FROM me CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(me.pid)) AS b (pid)
          UNION
          SELECT b.pid
            FROM chain c
           CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(c.pid)) AS b (pid)
           WHERE c.pid <> 0
      ), locks AS MATERIALIZED (
          SELECT * FROM pg_catalog.pg_locks
           WHERE pid IN (SELECT pid FROM me UNION ALL SELECT pid FROM chain)
      ), awaited AS (
          SELECT w.*, %{object} AS object
            FROM locks w
            JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
           WHERE w.pid = (SELECT pid FROM me) AND NOT w.granted
           LIMIT 1
      )
      SELECT c.pid, (SELECT mode || ' on ' || object FROM awaited),
             pg_catalog.array_to_string(ARRAY(
                 SELECT DISTINCT b.pid
                   FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(c.pid)) AS b (pid)
                  WHERE b.pid <> pg_catalog.pg_backend_pid()
                  ORDER BY b.pid), ','),
             a.application_name, a.usename, pg_catalog.host(a.client_addr), a.backend_type, a.state,
             (extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) * 1000)::bigint::text,
             (extract(epoch FROM pg_catalog.clock_timestamp() - a.state_change) * 1000)::bigint::text,
             a.query,
             (SELECT pg_catalog.string_agg(DISTINCT h.mode, ', ' ORDER BY h.mode)
                FROM awaited w
                JOIN locks h ON %{same}
               WHERE h.pid = c.pid AND h.granted),
             current_user
        FROM chain c
        LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = c.pid
       WHERE c.pid NOT IN ((SELECT pid FROM me), pg_catalog.pg_backend_pid())
         AND (c.pid = 0 OR a.pid IS NOT NULL)
       ORDER BY c.pid
      """.replace("%{object}", OBJECT.strip()).replace("%{same}", SAME.strip());

  /**
   * The locks of prepared transactions on what these processes wait for. A prepared transaction goes on under the virtual
   * id of the session that prepared it or, after a restart, under one of its own; the lock on its transaction id has
   * either.
   */
  private static final String PREPARED =
      """
      WITH locks AS MATERIALIZED (SELECT * FROM pg_catalog.pg_locks)
      SELECT DISTINCT p.gid, p.owner, p.database,
             (extract(epoch FROM pg_catalog.clock_timestamp() - p.prepared) * 1000)::bigint::text,
             w.mode, h.mode, %{object}
        FROM locks w
        JOIN locks h ON %{same}
        JOIN locks x ON x.virtualtransaction = h.virtualtransaction AND x.pid IS NULL
        JOIN pg_catalog.pg_prepared_xacts p ON p.transaction = x.transactionid
        JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
       WHERE w.pid = ANY ($1::integer[]) AND NOT w.granted
         AND h.pid IS NULL AND h.granted
         AND x.locktype = 'transactionid' AND x.granted
       ORDER BY p.gid
      """.replace("%{object}", OBJECT.strip()).replace("%{same}", SAME.strip());

  /** Its values are copied. */
  public Blockers {
    blockers = List.copyOf(blockers);
  }

  /**
   * Asks who blocks a session; never fails for want of privileges.
   *
   * @param session another session than the one that waits
   * @param pid the server process that waits
   * @throws CommandFailedException when the server does not answer
   */
  public static Blockers of(Session session, int pid) {
    List<Blocker> blockers = new ArrayList<>();
    Set<String> waiting = new TreeSet<>();
    List<@Nullable String> awaited = new ArrayList<>();
    session.query(Command.of(CHAIN, Integer.toString(pid)), row -> {
      awaited.add(row.textOrNull(2));
      List<Integer> waitsFor = pids(row.text(3));
      if (waitsFor.contains(0)) {
        waiting.add(row.text(1));
      }
      if (row.number(1) == 0) {
        waiting.add(Integer.toString(pid));
      } else {
        blockers.add(backend(row, waitsFor));
      }
      return row;
    });
    if (!waiting.isEmpty()) {
      session.query(Command.of(PREPARED, Identifiers.array(waiting)), row -> {
        Prepared prepared = new Prepared(
            row.text(1),
            row.text(2),
            row.text(3),
            Duration.ofMillis(row.number(4)),
            row.text(6),
            row.text(7));
        // It may stand in the way of several that wait.
        if (LockConflicts.between(row.text(5), prepared.holds())
            && blockers.stream().noneMatch(b -> b.identity().equals(prepared.identity()))) {
          blockers.add(prepared);
        }
        return row;
      });
    }
    return new Blockers(pid, awaited.isEmpty() ? null : awaited.get(0), blockers);
  }

  private static Backend backend(Row row, List<Integer> waitsFor) {
    String query = row.textOrNull(11);
    String state = row.textOrNull(8);
    String application = row.textOrNull(4);
    String holds = row.textOrNull(12);
    return new Backend(
        Backend.kindOf(row.textOrNull(7), state, query, waitsFor),
        (int) row.number(1),
        application == null ? "" : Backend.printable(application),
        row.textOrNull(5),
        row.textOrNull(6),
        state,
        age(row.textOrNull(9)),
        age(row.textOrNull(10)),
        Backend.shown(query),
        holds == null ? "" : holds,
        waitsFor,
        row.text(13));
  }

  private static @Nullable Duration age(@Nullable String milliseconds) {
    return milliseconds == null ? null : Duration.ofMillis(Long.parseLong(milliseconds));
  }

  private static List<Integer> pids(String joined) {
    return joined.isEmpty()
        ? List.of()
        : Arrays.stream(joined.split(",")).map(Integer::valueOf).toList();
  }

  /** Whether nobody is in the way. */
  public boolean isEmpty() {
    return blockers.isEmpty();
  }

  /** Those that do not wait themselves: when they are gone, everything goes on. */
  public List<Blocker> roots() {
    return blockers.stream().filter(b -> b.kind() != Blocker.Kind.WAITER).toList();
  }

  /** What tells this from an earlier answer; the ages of the blockers do not. */
  public String identity() {
    return blockers.stream().map(Blocker::identity).sorted().collect(Collectors.joining(", "));
  }

  @Override
  public String words() {
    if (blockers.isEmpty()) {
      return "pid " + pid + " is not blocked";
    }
    return "pid " + pid + " waits" + (awaited == null ? "" : " for " + LockMode.inWords(awaited))
        + ", blocked by "
        + blockers.stream().map(Blocker::words).collect(Collectors.joining(" | "));
  }

  /** What ends the wait: the advice for each of {@link #roots()}, a line each. */
  public String advice() {
    return roots().stream().map(Blocker::advice).distinct().collect(Collectors.joining("\n"));
  }
}
