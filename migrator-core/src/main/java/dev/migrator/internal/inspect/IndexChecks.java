package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.CheckReport.Phase;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The questions about indexes. */
public final class IndexChecks {

  private static final String INVALID_ID = "invalid-indexes";

  private static final String QUESTION = "Are there indexes that queries cannot use?";

  private static final String ADVICE =
      "drop it and build it again: DROP INDEX CONCURRENTLY <index>; a migration of it that says IF NOT EXISTS would pass it"
          + " by.";

  /** One that is being built is invalid until it is done. Who may not see what others build sees that they build. */
  private static final String INVALID_SQL = """
      SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), i.indrelid::pg_catalog.regclass,
             $1::oid[] IS NULL OR i.indrelid = ANY ($1::oid[])
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE NOT i.indisvalid
         AND NOT EXISTS (SELECT
                           FROM pg_catalog.pg_stat_progress_create_index p
                          WHERE p.datname = pg_catalog.current_database()
                            AND (p.index_relid = i.indexrelid
                                 OR p.relid IS NULL
                                AND EXISTS (SELECT
                                              FROM pg_catalog.pg_locks l
                                             WHERE l.pid = p.pid AND l.locktype = 'relation' AND l.granted
                                               AND l.relation = i.indrelid)))
       ORDER BY 1
      """;

  static final Check INVALID_BEFORE = new Check(
      INVALID_ID,
      EnumSet.of(Phase.PREFLIGHT),
      QUESTION,
      "",
      "there is one: an index whose building was cut costs every write, and speeds up nothing",
      ADVICE,
      INVALID_SQL,
      inquiry -> invalid(inquiry.rows(INVALID_SQL, inquiry.touched()), false));

  static final Check INVALID_AFTER = new Check(
      INVALID_ID,
      EnumSet.of(Phase.POSTFLIGHT),
      QUESTION,
      "one is on a table that the run touched",
      "one is on another table",
      ADVICE,
      INVALID_SQL,
      inquiry -> invalid(inquiry.rows(INVALID_SQL, inquiry.touched()), true));

  private static final String NEW_SQL = """
      SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), i.indrelid::pg_catalog.regclass,
             pg_catalog.pg_relation_size(c.oid)
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
         AND NOT i.indexrelid = ANY ($1::oid[])
       ORDER BY 3 DESC, 1
      """;

  static final Check NEW = new Check(
      "new-indexes",
      EnumSet.of(Phase.POSTFLIGHT),
      "Which indexes are new, and how large are they?",
      "",
      "",
      "",
      NEW_SQL,
      inquiry -> {
        Set<Long> before = inquiry.circumstances().indexesBefore();
        return before == null
            ? Answer.notAsked("there was no run", "look at the report of the run.")
            : fresh(inquiry.rows(NEW_SQL, oids(before)));
      });

  /** Those that keep a rule are needed whether queries use them or not. */
  private static final String UNUSED_SQL = """
      SELECT pg_catalog.quote_ident(s.schemaname) || '.' || pg_catalog.quote_ident(s.indexrelname),
             s.relid::pg_catalog.regclass,
             pg_catalog.pg_relation_size(s.indexrelid),
             (SELECT pg_catalog.to_char(d.stats_reset AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')
                FROM pg_catalog.pg_stat_database d
               WHERE d.datname = pg_catalog.current_database())
        FROM pg_catalog.pg_stat_user_indexes s
        JOIN pg_catalog.pg_index i ON i.indexrelid = s.indexrelid
       WHERE s.idx_scan = 0 AND NOT i.indisunique AND NOT i.indisprimary AND NOT i.indisexclusion AND i.indisvalid
         AND NOT s.indexrelid = ANY ($1::oid[])
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid)
       ORDER BY 3 DESC, 1
       LIMIT 20
      """;

  static final Check UNUSED = new Check(
      "unused-indexes",
      EnumSet.of(Phase.POSTFLIGHT),
      "Which indexes has no query used?",
      "",
      "",
      "",
      UNUSED_SQL,
      inquiry -> unused(inquiry.rows(UNUSED_SQL, newOnes(inquiry))));

  private static final String OIDS =
      "SELECT indexrelid FROM pg_catalog.pg_index WHERE indexrelid >= 16384";

  private IndexChecks() {}

  /**
   * The oids of the indexes that there are.
   *
   * @throws MigrationException when the server does not answer
   */
  public static Set<Long> oids(Session session) {
    try {
      return new HashSet<>(session.query(Command.of(OIDS), row -> row.number(1)));
    } catch (CommandFailedException e) {
      throw Session.unanswered("asking which indexes there are", e);
    }
  }

  private static String oids(Set<Long> oids) {
    return Identifiers.array(oids.stream().map(String::valueOf).toList());
  }

  /** The indexes that the run has made: nobody can have used them yet. */
  private static String newOnes(Inquiry inquiry) {
    Set<Long> before = inquiry.circumstances().indexesBefore();
    if (before == null) {
      return "{}";
    }
    Set<Long> now =
        inquiry.rows(OIDS).stream().map(row -> row.number(1)).collect(Collectors.toSet());
    now.removeAll(before);
    return oids(now);
  }

  static Answer invalid(List<KeptRow> rows, boolean after) {
    if (rows.isEmpty()) {
      return Answer.passed("there is none");
    }
    List<String> findings =
        rows.stream().map(row -> row.text(1) + " on " + row.text(2)).toList();
    String words = rows.size() == 1 ? "1 invalid index" : rows.size() + " invalid indexes";
    return after && rows.stream().anyMatch(row -> row.flag(3))
        ? Answer.failed(words, findings)
        : Answer.warned(words, findings);
  }

  private static Answer fresh(List<KeptRow> rows) {
    return rows.isEmpty()
        ? Answer.passed("there is none")
        : Answer.passed(rows.size() == 1 ? "1 is new" : rows.size() + " are new", sized(rows));
  }

  static Answer unused(List<KeptRow> rows) {
    if (rows.isEmpty()) {
      return Answer.passed("there is none");
    }
    @Nullable String since = rows.get(0).textOrNull(4);
    return Answer.passed(
        (rows.size() == 1 ? "1 was not used" : rows.size() + " were not used")
            + (since == null ? " since the server counts" : " since " + since + " UTC")
            + "; standbys count for themselves",
        sized(rows));
  }

  private static List<String> sized(List<KeptRow> rows) {
    return rows.stream()
        .map(row -> row.text(1) + " on " + row.text(2) + ", " + Wording.size(row.number(3)))
        .toList();
  }
}
