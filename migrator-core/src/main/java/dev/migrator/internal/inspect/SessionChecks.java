package dev.migrator.internal.inspect;

import dev.migrator.report.CheckReport.Phase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions about whoever else is connected: their transactions, their locks, their number. */
final class SessionChecks {

  private static final Set<Phase> BEFORE = EnumSet.of(Phase.PREFLIGHT);

  /** The relations that a process has locked, of those that matter; of all tables those of the system do not. */
  private static final String LOCKED = """
      (SELECT pg_catalog.string_agg(DISTINCT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
                                    ', ')
         FROM pg_catalog.pg_locks l
         JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
         JOIN pg_catalog.pg_class c ON c.oid = l.relation AND c.relkind <> 'i'
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE l.locktype = 'relation' AND l.granted AND %{holder}
          AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
          AND ($1::oid[] IS NULL OR c.oid = ANY ($1::oid[])))""";

  /**
   * What is hidden from the role shows neither age nor statement, but whether it has a snapshot or a transaction id. An
   * autovacuum is no transaction that anybody forgot.
   */
  private static final String LONG_TRANSACTIONS_SQL =
      """
      SELECT a.pid, a.application_name, a.usename, a.state,
             (extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) * 1000)::bigint,
             a.query,
             a.xact_start IS NULL,
             a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL,
             %{locked},
             current_user
        FROM pg_catalog.pg_stat_activity a
       WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid() AND a.leader_pid IS NULL
         AND a.usesysid IS NOT NULL
         AND (a.xact_start < pg_catalog.clock_timestamp() - $2::bigint * interval '1 millisecond'
              OR a.query = '<insufficient privilege>' AND (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL))
       ORDER BY a.xact_start, a.pid
      """.replace("%{locked}", LOCKED.replace("%{holder}", "l.pid = a.pid"));

  static final Check LONG_TRANSACTIONS = new Check(
      "long-transactions",
      BEFORE,
      "Has somebody had a transaction open for long?",
      "it is older than 30 s and has locked a table that the plan touches, or has a snapshot that a CONCURRENTLY of the plan"
          + " would wait for",
      "it is older than 30 s",
      "end it where it was begun, or: SELECT pg_terminate_backend(<pid>);",
      LONG_TRANSACTIONS_SQL,
      inquiry -> longTransactions(
          inquiry.rows(
              LONG_TRANSACTIONS_SQL,
              inquiry.touched(),
              Long.toString(
                  inquiry.circumstances().preflight().longTransaction().toMillis())),
          inquiry.circumstances().concurrently()));

  /** A prepared transaction that blocks is process 0. */
  private static final String BLOCKING_SQL = """
      SELECT w.pid, wa.application_name, wa.usename,
             (extract(epoch FROM pg_catalog.clock_timestamp() - w.waitstart) * 1000)::bigint,
             w.mode,
             coalesce((SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
                         FROM pg_catalog.pg_class c
                         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.oid = w.relation),
                      w.locktype),
             b.pid, ba.application_name, ba.usename, ba.query,
             EXISTS (SELECT
                       FROM pg_catalog.pg_locks t
                       JOIN pg_catalog.pg_class c ON c.oid = t.relation
                       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                      WHERE t.pid IN (w.pid, b.pid) AND t.locktype = 'relation'
                        AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                        AND ($1::oid[] IS NULL OR c.oid = ANY ($1::oid[])))
        FROM pg_catalog.pg_locks w
        JOIN pg_catalog.pg_stat_activity wa ON wa.pid = w.pid AND wa.datname = pg_catalog.current_database()
       CROSS JOIN LATERAL (SELECT DISTINCT u.pid
                             FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS u (pid)) AS b (pid)
        LEFT JOIN pg_catalog.pg_stat_activity ba ON ba.pid = b.pid
       WHERE NOT w.granted AND w.locktype <> 'advisory'
         AND w.waitstart < pg_catalog.clock_timestamp() - $2::bigint * interval '1 millisecond'
       ORDER BY w.waitstart, w.pid, b.pid
      """;

  static final Check BLOCKING_LOCKS = new Check(
      "blocking-locks",
      BEFORE,
      "Does somebody wait for somebody else's lock?",
      "the wait has lasted longer than 5 s, and one of the two has a lock on a table that the plan touches: the run would"
          + " queue behind them",
      "the wait has lasted longer than 5 s",
      "end the one that blocks: SELECT pg_terminate_backend(<pid>);",
      BLOCKING_SQL,
      inquiry -> blocking(inquiry.rows(
          BLOCKING_SQL,
          inquiry.touched(),
          Long.toString(inquiry.circumstances().preflight().blocked().toMillis()))));

  /** Its locks belong to no process; the lock on its transaction id leads to them. */
  private static final String PREPARED_SQL = """
      SELECT p.gid, p.owner, (extract(epoch FROM pg_catalog.clock_timestamp() - p.prepared) * 1000)::bigint,
             %{locked}
        FROM pg_catalog.pg_prepared_xacts p
        LEFT JOIN pg_catalog.pg_locks x ON x.transactionid = p.transaction AND x.locktype = 'transactionid' AND x.granted
                                           AND x.pid IS NULL
       WHERE p.database = pg_catalog.current_database()
         AND p.prepared < pg_catalog.clock_timestamp() - $2::bigint * interval '1 millisecond'
       ORDER BY p.prepared, p.gid
      """.replace(
      "%{locked}",
      LOCKED.replace("%{holder}", "l.pid IS NULL AND l.virtualtransaction = x.virtualtransaction"));

  static final Check PREPARED_TRANSACTIONS = new Check(
      "prepared-transactions",
      BEFORE,
      "Are there transactions that were prepared and never ended?",
      "one is older than 30 s and has locked a table that the plan touches",
      "one is older than 30 s",
      "let its transaction manager end it; only if that has lost it: COMMIT PREPARED '<name>'; or ROLLBACK PREPARED '<name>';",
      PREPARED_SQL,
      inquiry -> prepared(inquiry.rows(
          PREPARED_SQL,
          inquiry.touched(),
          Long.toString(inquiry.circumstances().preflight().longTransaction().toMillis()))));

  private static final String CONNECTIONS_SQL = """
      SELECT 'the server', (SELECT pg_catalog.sum(numbackends) FROM pg_catalog.pg_stat_database)::bigint,
             pg_catalog.current_setting('max_connections')::bigint
             - pg_catalog.current_setting('superuser_reserved_connections')::bigint
             - coalesce(pg_catalog.current_setting('reserved_connections', true)::bigint, 0)
      UNION ALL
      SELECT 'the database ' || d.datname, s.numbackends, d.datconnlimit
        FROM pg_catalog.pg_database d
        JOIN pg_catalog.pg_stat_database s ON s.datid = d.oid
       WHERE d.datname = pg_catalog.current_database() AND d.datconnlimit >= 0
      UNION ALL
      SELECT 'the role ' || r.rolname,
             (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity a WHERE a.usesysid = r.oid), r.rolconnlimit
        FROM pg_catalog.pg_roles r
       WHERE r.rolname = session_user AND r.rolconnlimit >= 0
      """;

  static final Check CONNECTIONS = new Check(
      "connections",
      BEFORE,
      "Are there connections left?",
      "",
      "80 % of those that the server, the database or the role may have are in use",
      "close idle connections, or raise max_connections: whatever watches the run needs one too.",
      CONNECTIONS_SQL,
      inquiry -> connections(
          inquiry.rows(CONNECTIONS_SQL), inquiry.circumstances().preflight().connections()));

  private static final String ADVISORY_LOCK_SQL = """
      SELECT l.pid, l.pid = pg_catalog.pg_backend_pid(), a.application_name, a.usename,
             (extract(epoch FROM pg_catalog.clock_timestamp() - a.backend_start) * 1000)::bigint, a.query
        FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
        LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
       WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
         AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint
      """;

  static final Check ADVISORY_LOCK = new Check(
      "advisory-lock",
      BEFORE,
      "Is the migration lock free?",
      "another session holds it: a migration is under way",
      "",
      "wait until the other migration is over; a run would wait for it by itself, as long as --lock-wait says.",
      ADVISORY_LOCK_SQL,
      inquiry -> {
        Long key = inquiry.circumstances().lockKey();
        return key == null
            ? Answer.notAsked("where the tracking tables are is not known", "see the other checks.")
            : advisoryLock(inquiry.rows(ADVISORY_LOCK_SQL, key.toString()));
      });

  private SessionChecks() {}

  static Answer longTransactions(List<KeptRow> rows, boolean concurrently) {
    List<String> findings = new ArrayList<>();
    boolean inTheWay = false;
    int hidden = 0;
    for (KeptRow row : rows) {
      String locked = row.textOrNull(9);
      if (row.flag(7)) {
        hidden++;
        continue;
      }
      boolean awaited = concurrently && row.flag(8);
      inTheWay |= locked != null || awaited;
      findings.add(Wording.process(row.text(1), row.textOrNull(2), row.textOrNull(3))
          + " has had one open for "
          + Wording.time(row.number(5))
          + ("active".equals(row.textOrNull(4)) ? "" : ", " + row.textOrNull(4))
          + (locked == null ? "" : ", and has locked " + locked)
          + (awaited ? ", and a CONCURRENTLY would wait for it" : "")
          + Wording.statement(row.textOrNull(6)));
    }
    if (hidden > 0) {
      String unseen = "how long " + Wording.count(hidden, "session") + " of other roles "
          + (hidden == 1 ? "has" : "have") + " had a transaction open is hidden from the role "
          + rows.get(0).text(10);
      if (findings.isEmpty()) {
        return Answer.notAsked(
            unseen,
            "GRANT pg_read_all_stats TO the role, or ask as one that may see other sessions.");
      }
      findings.add(unseen);
    }
    if (findings.isEmpty()) {
      return Answer.passed("none is that old");
    }
    String words = Wording.count(rows.size() - hidden, "long transaction");
    return inTheWay ? Answer.failed(words, findings) : Answer.warned(words, findings);
  }

  static Answer blocking(List<KeptRow> rows) {
    if (rows.isEmpty()) {
      return Answer.passed("nobody waits for long");
    }
    List<String> findings = rows.stream()
        .map(row ->
            Wording.process(row.text(1), row.textOrNull(2), row.textOrNull(3)) + " has waited "
                + Wording.time(row.number(4)) + " for " + row.text(5) + " on " + row.text(6)
                + ", blocked by "
                + (row.number(7) == 0
                    ? "a prepared transaction"
                    : Wording.process(row.text(7), row.textOrNull(8), row.textOrNull(9))
                        + Wording.statement(row.textOrNull(10))))
        .toList();
    String words = Wording.count(rows.size(), "blocking pair");
    return rows.stream().anyMatch(row -> row.flag(11))
        ? Answer.failed(words, findings)
        : Answer.warned(words, findings);
  }

  static Answer prepared(List<KeptRow> rows) {
    if (rows.isEmpty()) {
      return Answer.passed("there is none");
    }
    List<String> findings = rows.stream()
        .map(row -> "'" + Blocker.Backend.printable(row.text(1)) + "' of " + row.text(2)
            + " was prepared " + Wording.time(row.number(3)) + " ago"
            + (row.textOrNull(4) == null ? "" : ", and has locked " + row.text(4)))
        .toList();
    String words = Wording.count(rows.size(), "prepared transaction");
    return rows.stream().anyMatch(row -> row.textOrNull(4) != null)
        ? Answer.failed(words, findings)
        : Answer.warned(words, findings);
  }

  static Answer connections(List<KeptRow> rows, int percent) {
    List<String> few = rows.stream()
        .filter(row -> row.number(2) * 100 >= row.number(3) * percent)
        .map(SessionChecks::used)
        .toList();
    String words = rows.stream().map(SessionChecks::used).collect(Collectors.joining("; "));
    return few.isEmpty() ? Answer.passed(words) : Answer.warned(words, few);
  }

  private static String used(KeptRow row) {
    return row.number(2) + " of " + row.number(3) + " that " + row.text(1) + " may have";
  }

  static Answer advisoryLock(List<KeptRow> rows) {
    List<KeptRow> others = rows.stream().filter(row -> !row.flag(2)).toList();
    if (others.isEmpty()) {
      return Answer.passed(rows.isEmpty() ? "nobody holds it" : "this run holds it");
    }
    KeptRow row = others.get(0);
    return Answer.failed(
        Wording.process(row.text(1), row.textOrNull(3), row.textOrNull(4)) + " holds it"
            + (row.textOrNull(5) == null ? "" : ", connected for " + Wording.time(row.number(5)))
            + Wording.statement(row.textOrNull(6)),
        List.of());
  }
}
