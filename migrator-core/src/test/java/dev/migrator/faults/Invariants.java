package dev.migrator.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * What must hold in a database once a run has gone through undisturbed, whatever went before: each migration happened exactly
 * once, the records say so, and nothing is left over.
 *
 * @param plan what was to be applied
 * @param schema how the database looks when nothing was ever disturbed
 */
record Invariants(SamplePlan plan, List<String> schema) {

  /** How long a server process may take to notice that its client has gone. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final int SHOWN = 4;

  private static final String EFFECTS =
      "SELECT migration FROM effects ORDER BY migration COLLATE \"C\"";

  private static final String COMPLETED = """
      SELECT version || CASE status WHEN 'completed' THEN '' ELSE ' ' || status END
        FROM schema_migrations ORDER BY version COLLATE "C"
      """;

  private static final String APPLIED = """
      SELECT version FROM migration_history
       WHERE action = 'apply' AND status = 'success' ORDER BY version COLLATE "C"
      """;

  private static final String UNFINISHED = """
      SELECT version_key || ' statement ' || ordinal FROM migration_journal WHERE finished_at IS NULL ORDER BY 1
      """;

  private static final String PREPARED =
      "SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY 1";

  private static final String HELD = """
      SELECT 'advisory lock of process ' || pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = current_database() AND locktype = 'advisory'
      UNION ALL
      SELECT 'process ' || pid || ' ' || coalesce(state, '') || ': ' || left(query, 80) FROM pg_stat_activity
       WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
      """;

  /** Names and definitions, never oids: the same twice, however often something had to be tried. */
  private static final String SCHEMA = """
      WITH ours AS (SELECT oid, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace)
      SELECT * FROM (
        SELECT format('column %s.%s %s %s %s', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod),
                      a.attnotnull, (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                                      WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)) line
          FROM pg_attribute a JOIN ours ON ours.oid = a.attrelid AND relkind IN ('r', 'p', 'v', 'm')
         WHERE a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT format('index %s valid %s ready %s', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready)
          FROM pg_index i JOIN ours ON ours.oid = i.indexrelid
        UNION ALL
        SELECT format('constraint %s %s %s', c.conrelid::regclass, pg_get_constraintdef(c.oid), c.convalidated)
          FROM pg_constraint c JOIN ours ON ours.oid = c.conrelid WHERE c.contype <> 'n'
        UNION ALL
        SELECT format('enum %s %s', e.enumtypid::regtype, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder))
          FROM pg_enum e GROUP BY e.enumtypid
        UNION ALL
        SELECT format('view %s %s', ours.oid::regclass, pg_get_viewdef(ours.oid)) FROM ours WHERE relkind IN ('v', 'm')
        UNION ALL
        SELECT format('partition %s of %s', i.inhrelid::regclass, i.inhparent::regclass) FROM pg_inherits i
          JOIN ours ON ours.oid = i.inhrelid AND relkind IN ('r', 'p')
        UNION ALL
        SELECT format('function %s', p.oid::regprocedure) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      ) lines ORDER BY line COLLATE "C"
      """;

  private static final String TABLES = """
      SELECT c.oid::regclass::text FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'm')
         AND c.relname NOT IN ('schema_migrations', 'migration_history', 'migration_script', 'migration_journal', 'effects')
       ORDER BY 1
      """;

  /** The invariants of a plan, learnt from a database where it has just been applied. */
  static Invariants of(SamplePlan plan, DataSource undisturbed) throws SQLException {
    try (Connection connection = undisturbed.getConnection()) {
      return new Invariants(plan, look(connection));
    }
  }

  /** Everything that does not hold; empty when all is well. */
  List<String> violations(DataSource database) {
    List<String> violations = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      expect(violations, "effects", plan.effects(), lines(connection, EFFECTS));
      expect(violations, "tracking rows", plan.versions(), lines(connection, COMPLETED));
      expect(violations, "history", plan.versions(), lines(connection, APPLIED));
      expect(violations, "unfinished statements", List.of(), lines(connection, UNFINISHED));
      expect(violations, "prepared transactions", List.of(), lines(connection, PREPARED));
      expect(violations, "schema", schema, look(connection));
      expect(violations, "left over", List.of(), leftOver(connection));
    } catch (SQLException e) {
      // A table that should be there is not.
      violations.add(String.valueOf(e.getMessage()));
    }
    return violations;
  }

  private static List<String> leftOver(Connection connection) throws SQLException {
    long deadline = System.nanoTime() + GRACE.toNanos();
    List<String> left = lines(connection, HELD);
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return left;
      }
      left = lines(connection, HELD);
    }
    return left;
  }

  private static List<String> look(Connection connection) throws SQLException {
    List<String> look = new ArrayList<>(lines(connection, SCHEMA));
    List<String> counts = new ArrayList<>();
    for (String table : lines(connection, TABLES)) {
      counts.add("SELECT '" + table + " has ' || count(*) FROM " + table);
    }
    if (!counts.isEmpty()) {
      look.addAll(lines(connection, String.join(" UNION ALL ", counts)));
    }
    return look;
  }

  private static void expect(
      List<String> violations, String what, List<String> expected, List<String> found) {
    if (!found.equals(expected)) {
      List<String> surplus = new ArrayList<>(found);
      expected.forEach(surplus::remove);
      List<String> absent = new ArrayList<>(expected);
      found.forEach(absent::remove);
      violations.add(what + ": surplus " + shortened(surplus) + ", absent " + shortened(absent));
    }
  }

  private static String shortened(List<String> lines) {
    return lines.size() <= SHOWN
        ? lines.toString()
        : lines.subList(0, SHOWN) + " and " + (lines.size() - SHOWN) + " more";
  }

  private static List<String> lines(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    }
  }
}
