package dev.migrator.internal.inspect;

import dev.migrator.report.CheckReport.Phase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The questions about the condition of the database and its server: sizes, transaction ids, replication. */
final class ConditionChecks {

  private static final Set<Phase> BEFORE = EnumSet.of(Phase.PREFLIGHT);

  /** Transaction ids end at about 2.1 billion; the server refuses writes some million before. */
  private static final long OLD = 1_500_000_000L;

  private static final long TOO_OLD = 2_000_000_000L;

  private static final long LAG_MS = 30_000;

  private static final long RETAINED = 1L << 30;

  private static final String DATABASE_SIZE_SQL =
      "SELECT pg_catalog.current_database(), pg_catalog.pg_database_size(pg_catalog.current_database())";

  static final Check DATABASE_SIZE = new Check(
      "database-size",
      BEFORE,
      "How large is the database?",
      "",
      "",
      "",
      DATABASE_SIZE_SQL,
      inquiry -> {
        KeptRow row = inquiry.rows(DATABASE_SIZE_SQL).get(0);
        return Answer.passed(row.text(1) + " has " + Wording.size(row.number(2)));
      });

  /** As VACUUM and ANALYZE last saw them: to measure thousands of files would take long, and wait for locks. */
  private static final String SCHEMA_SIZES_SQL = """
      SELECT n.nspname,
             pg_catalog.sum(greatest(c.relpages, 0)::bigint)::bigint * pg_catalog.current_setting('block_size')::bigint,
             pg_catalog.count(*) FILTER (WHERE c.relkind IN ('r', 'p', 'm'))
        FROM pg_catalog.pg_class c
        LEFT JOIN pg_catalog.pg_class toasted ON toasted.reltoastrelid = c.oid
        JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(toasted.relnamespace, c.relnamespace)
       WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
       GROUP BY n.nspname
       ORDER BY 2 DESC, 1
       LIMIT 10
      """;

  static final Check SCHEMA_SIZES = new Check(
      "schema-sizes",
      BEFORE,
      "How large are the schemas?",
      "",
      "",
      "",
      SCHEMA_SIZES_SQL,
      inquiry -> {
        List<KeptRow> rows = inquiry.rows(SCHEMA_SIZES_SQL);
        return Answer.passed(
            rows.isEmpty()
                ? "there is none"
                : rows.stream()
                    .map(row -> row.text(1) + " about " + Wording.size(row.number(2)) + " in "
                        + Wording.count(row.number(3), "table"))
                    .collect(Collectors.joining("; ")));
      });

  private static final String TABLE_SIZES_SQL = """
      SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
             pg_catalog.pg_total_relation_size(c.oid),
             greatest(c.reltuples, 0)::bigint
        FROM (SELECT t.oid, t.relname, t.relnamespace, t.reltuples
                FROM pg_catalog.pg_class t
                JOIN pg_catalog.pg_namespace s ON s.oid = t.relnamespace
               WHERE t.relkind IN ('r', 'm') AND s.nspname NOT LIKE 'pg\\_%' AND s.nspname <> 'information_schema'
                 AND ($1::oid[] IS NULL OR t.oid = ANY ($1::oid[]))
               ORDER BY t.relpages DESC, t.oid
               LIMIT 20) c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       ORDER BY 2 DESC, 1
      """;

  static final Check TABLE_SIZES = new Check(
      "table-sizes",
      BEFORE,
      "How large are the tables that the plan touches?",
      "",
      "one has 1 GiB or more, with its indexes: whatever rewrites or scans it takes long",
      "look at what the plan does to it (migrator lint, migrator trace), and choose the time of the run.",
      TABLE_SIZES_SQL,
      inquiry -> tableSizes(
          inquiry.rows(TABLE_SIZES_SQL, inquiry.touched()),
          inquiry.circumstances().preflight().largeTable()));

  private static final String WRAPAROUND_SQL = """
      SELECT 'age', pg_catalog.age(d.datfrozenxid)::bigint, pg_catalog.mxid_age(d.datminmxid)::bigint, NULL, false
        FROM pg_catalog.pg_database d
       WHERE d.datname = pg_catalog.current_database()
      UNION ALL
      SELECT 'vacuum', a.pid, (extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) * 1000)::bigint, a.query,
             p.relid IS NOT NULL AND ($1::oid[] IS NULL OR p.relid = ANY ($1::oid[]))
        FROM pg_catalog.pg_stat_activity a
        LEFT JOIN pg_catalog.pg_stat_progress_vacuum p ON p.pid = a.pid
       WHERE a.backend_type = 'autovacuum worker' AND a.datname = pg_catalog.current_database()
         AND a.query LIKE '%(to prevent wraparound)%'
      """;

  static final Check WRAPAROUND = new Check(
      "wraparound",
      BEFORE,
      "Are transaction ids running out?",
      "2,000 million are in use, or an autovacuum that does not give way is at work on a table that the plan touches",
      "1,500 million are in use, or such an autovacuum is at work on another table",
      "let VACUUM (FREEZE) finish first; look for what holds it up: old transactions, prepared ones, replication slots.",
      WRAPAROUND_SQL,
      inquiry -> wraparound(inquiry.rows(WRAPAROUND_SQL, inquiry.touched())));

  private static final String REPLICATION_SQL = """
      SELECT 'standby', r.application_name, r.state, r.sync_state,
             (extract(epoch FROM r.replay_lag) * 1000)::bigint,
             CASE WHEN NOT pg_catalog.pg_is_in_recovery()
                  THEN pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), r.replay_lsn)::bigint END
        FROM pg_catalog.pg_stat_replication r
      UNION ALL
      SELECT 'slot', s.slot_name, CASE WHEN s.active THEN 'active' ELSE 'inactive' END, s.wal_status, NULL,
             CASE WHEN NOT pg_catalog.pg_is_in_recovery()
                  THEN pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), s.restart_lsn)::bigint END
        FROM pg_catalog.pg_replication_slots s
      """;

  static final Check REPLICATION = new Check(
      "replication",
      BEFORE,
      "Do the standbys keep up?",
      "",
      "one is 30 s behind, or a slot that nobody reads keeps 1 GiB of WAL",
      "wait until the standbys have caught up; drop slots that nobody needs: SELECT pg_drop_replication_slot('<name>');",
      REPLICATION_SQL,
      inquiry -> replication(inquiry.rows(REPLICATION_SQL)));

  static final Check DISK = new Check(
      "disk-space",
      BEFORE,
      "Is there room on the server's disks?",
      "",
      "",
      "look at the server's own monitoring: a rewrite needs the room of the table and its indexes once more, and WAL besides.",
      "",
      inquiry -> Answer.notAsked(
          "SQL does not tell how much room is left",
          "look at the server's own monitoring: a rewrite needs the room of the table and its indexes once more, and WAL"
              + " besides."));

  private ConditionChecks() {}

  static Answer tableSizes(List<KeptRow> rows, long large) {
    List<String> sizes = rows.stream().map(ConditionChecks::size).toList();
    List<String> findings = rows.stream()
        .filter(row -> row.number(2) >= large)
        .map(ConditionChecks::size)
        .toList();
    if (sizes.isEmpty()) {
      return Answer.passed("it touches none that is there");
    }
    return findings.isEmpty()
        ? Answer.passed(sizes.stream().limit(3).collect(Collectors.joining("; "))
            + (sizes.size() > 3 ? "; and smaller ones" : ""))
        : Answer.warned(Wording.count(findings.size(), "large table"), findings);
  }

  private static String size(KeptRow row) {
    return row.text(1) + " " + Wording.size(row.number(2)) + ", about "
        + Wording.count(row.number(3), "row");
  }

  static Answer wraparound(List<KeptRow> rows) {
    List<String> findings = new ArrayList<>();
    boolean failed = false;
    String words = "";
    for (KeptRow row : rows) {
      if (row.text(1).equals("age")) {
        long age = Math.max(row.number(2), row.number(3));
        words = "the oldest is " + age / 1_000_000 + " of 2147 million back";
        failed |= age >= TOO_OLD;
        if (age >= OLD) {
          findings.add(words);
        }
      } else {
        failed |= row.flag(5);
        findings.add("pid " + row.text(2) + " has vacuumed for " + Wording.time(row.number(3))
            + (row.flag(5) ? ", on a table that the plan touches" : "")
            + Wording.statement(row.textOrNull(4)));
      }
    }
    if (findings.isEmpty()) {
      return Answer.passed(words);
    }
    return failed ? Answer.failed(words, findings) : Answer.warned(words, findings);
  }

  static Answer replication(List<KeptRow> rows) {
    List<String> findings = new ArrayList<>();
    int standbys = 0;
    for (KeptRow row : rows) {
      boolean standby = row.text(1).equals("standby");
      standbys += standby ? 1 : 0;
      if (standby && row.textOrNull(3) == null) {
        return Answer.notAsked(
            "how far standbys are is hidden from the role", "GRANT pg_read_all_stats TO the role.");
      }
      if (standby && row.number(5) >= LAG_MS) {
        findings.add("standby '" + row.textOrNull(2) + "' is " + Wording.time(row.number(5))
            + " and " + Wording.size(row.number(6)) + " behind");
      } else if (!standby && "inactive".equals(row.textOrNull(3)) && row.number(6) >= RETAINED) {
        findings.add("slot '" + row.textOrNull(2) + "', which nobody reads, keeps "
            + Wording.size(row.number(6)) + " of WAL");
      }
    }
    String words = standbys == 0 ? "there is no standby" : Wording.count(standbys, "standby");
    return findings.isEmpty() ? Answer.passed(words) : Answer.warned(words, findings);
  }
}
