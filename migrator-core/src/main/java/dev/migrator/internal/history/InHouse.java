package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tracking tables of the older in-house shape: columns of the names that format 1.0 has too, written by another tool. They
 * are read as they are, and taken over where they stand before the first thing is written.
 */
public final class InHouse {

  /** What a table must have to be of that shape; no other tool's table has them together. */
  static final Set<String> NEEDED = Set.of("version", "name", "applied_at", "status");

  /** At least one of these too. */
  static final Set<String> USUAL =
      Set.of("checksum", "execution_time_ms", "error_message", "applied_by");

  private static final Set<String> HISTORY_NEEDED =
      Set.of("version", "action", "executed_at", "status");

  private static final TableFormat MIGRATIONS = TableFormat.of("migrations");
  private static final TableFormat HISTORY = TableFormat.of("history");

  /** Who may use the function and the view; they are made anew. */
  private static final String GRANTS = """
      SELECT 'GRANT SELECT ON %{statusView} TO ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::pg_catalog.regrole::text END
             || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
        FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
       WHERE c.oid = pg_catalog.to_regclass($1::text) AND a.privilege_type = 'SELECT' AND a.grantee <> c.relowner
       UNION ALL
      SELECT CASE WHEN g.grantee = 0 THEN 'REVOKE EXECUTE ON FUNCTION %{statusFunction}() FROM PUBLIC'
                  ELSE 'GRANT EXECUTE ON FUNCTION %{statusFunction}() TO ' || g.grantee::pg_catalog.regrole::text
                       || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END END
        FROM pg_catalog.pg_proc p
       CROSS JOIN LATERAL (SELECT a.grantee, a.is_grantable
                             FROM pg_catalog.aclexplode(p.proacl) a
                            WHERE a.grantee NOT IN (0, p.proowner)
                            UNION ALL
                           SELECT 0, false
                            WHERE 0 <> ALL (SELECT a.grantee FROM pg_catalog.aclexplode(p.proacl) a)) g
       WHERE p.oid = pg_catalog.to_regprocedure($2::text) AND p.proacl IS NOT NULL
      """;
  /** One of them may be built on the other, either way. */
  private static final String DROP_STATUS = """
      DO $drop$
      BEGIN
          DROP VIEW IF EXISTS %{statusView};
          DROP FUNCTION IF EXISTS %{statusFunction}();
      EXCEPTION WHEN dependent_objects_still_exist THEN
          DROP FUNCTION IF EXISTS %{statusFunction}();
          DROP VIEW IF EXISTS %{statusView};
      END
      $drop$
      """;

  private static final String FILL = """
      UPDATE %{migrations} m
         SET version_key = r.key, applied_rank = nullif(r.rank, 0), transactional = r.transactional,
             name = coalesce(m.name, ''), kind = coalesce(m.kind, 'versioned'), action = coalesce(m.action, 'apply'),
             script = CASE WHEN m.script <> '' THEN m.script ELSE r.script END,
             checksum_algorithm = CASE WHEN m.checksum IS NOT NULL THEN coalesce(m.checksum_algorithm, 'unknown') END
        FROM ROWS FROM (
             pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]),
             pg_catalog.unnest($4::text[]), pg_catalog.unnest($5::bigint[]), pg_catalog.unnest($6::boolean[]))
             AS r (version, status, key, script, rank, transactional)
       WHERE m.version = r.version AND m.status = r.status
      """;

  private static final String FINISH = """
      ALTER TABLE %{migrations} ALTER COLUMN version SET NOT NULL, ALTER COLUMN name SET NOT NULL,
            ALTER COLUMN status SET NOT NULL, ALTER COLUMN kind SET NOT NULL, ALTER COLUMN script SET NOT NULL,
            ALTER COLUMN action SET NOT NULL, ALTER COLUMN transactional SET NOT NULL,
            ALTER COLUMN version_key SET NOT NULL, ADD UNIQUE (version_key)
      """;

  private static final String LIMIT_STATUS = """
      ALTER TABLE %{migrations} ADD CHECK (status IN ('pending', 'running', 'completed', 'failed'))
      """;

  private final TrackingNames names;
  private final InHouseTable migrations;
  private final @Nullable InHouseTable history;
  private final List<String> references;

  private InHouse(
      TrackingNames names,
      InHouseTable migrations,
      @Nullable InHouseTable history,
      List<String> references) {
    this.names = names;
    this.migrations = migrations;
    this.history = history;
    this.references = references;
  }

  static boolean isShapeOf(Set<String> columns) {
    return columns.containsAll(NEEDED) && USUAL.stream().anyMatch(columns::contains);
  }

  /**
   * Looks at the tables.
   *
   * @throws MigrationException {@code TRACKING_TABLE_UNUSABLE} with everything that stands in the way of taking them over
   */
  static InHouse inspect(Session session, TrackingNames names) {
    InHouseTable migrations = InHouseTable.read(session, names.fill("%{migrations}"));
    InHouseTable history = InHouseTable.read(session, names.fill("%{history}"));
    if (migrations == null) {
      throw refused(names, List.of("it has been dropped meanwhile"));
    }
    List<String> problems = new ArrayList<>(migrations.problems(MIGRATIONS, NEEDED));
    if (problems.isEmpty()) {
      problems.addAll(InHouseChecks.ofMigrations(session, migrations));
    }
    List<String> references = List.of();
    if (history != null) {
      List<String> ofHistory = history.problems(HISTORY, HISTORY_NEEDED);
      problems.addAll(ofHistory.isEmpty() ? InHouseChecks.ofHistory(session, history) : ofHistory);
      problems.addAll(InHouseKeys.problems(session, history, HISTORY));
      references = InHouseKeys.references(session, history, migrations);
    }
    if (!problems.isEmpty()) {
      throw refused(names, problems);
    }
    return new InHouse(names, migrations, history, references);
  }

  /** The foreign keys, quoted, from the history to the tracking table: the takeover drops them. */
  public List<String> references() {
    return references;
  }

  /** What its rows say, those left out that only wait for their turn. */
  List<AppliedMigration> read(Session session) {
    List<AppliedMigration> applied = new ArrayList<>();
    long rank = 0;
    for (InHouseRow row : rows(session)) {
      if (row.isApplied()) {
        rank++;
      }
      if (!row.isPending()) {
        applied.add(row.migration(row.isApplied() ? rank : 0));
      }
    }
    return applied;
  }

  /** SQL of the four columns of an {@link Outcome}. */
  String selectOutcomes() {
    return "SELECT version, (extract(epoch FROM applied_at) * 1000000)::bigint, "
        + migrations.columnOr("execution_time_ms", "NULL::bigint") + ", "
        + migrations.columnOr("applied_by", "NULL") + " FROM " + migrations.name()
        + " WHERE status <> 'pending'";
  }

  /**
   * The commands that take the tables over, in one transaction.
   *
   * @param further what is written in that transaction when they are taken over
   */
  List<Command> takeOver(Session session, List<Command> further) {
    List<InHouseRow> rows = rows(session);
    List<Command> before = new ArrayList<>();
    // Whoever is reading the table would wait behind us for as long as we wait.
    before.add(Command.of("SET LOCAL lock_timeout = '10s'"));
    before.add(Command.of(names.fill("LOCK TABLE %{migrations} IN ACCESS EXCLUSIVE MODE")));
    before.add(Command.of(names.fill(DROP_STATUS)));
    references.forEach(key -> before.add(
        Command.of(names.fill("ALTER TABLE %{history} DROP CONSTRAINT IF EXISTS ") + key)));
    add(before, migrations.alteration(MIGRATIONS));
    add(before, history == null ? null : history.alteration(HISTORY));
    before.add(fill(rows));
    before.add(Command.of("SET CONSTRAINTS ALL IMMEDIATE"));
    before.add(Command.of(names.fill(FINISH)));
    if (!InHouseChecks.limitStatus(session, migrations)) {
      before.add(Command.of(names.fill(LIMIT_STATUS)));
    }
    List<Command> after = new ArrayList<>(session.query(
        Command.of(
            names.fill(GRANTS), names.fill("%{statusView}"), names.fill("%{statusFunction}()")),
        row -> Command.of(row.text(1))));
    after.addAll(further);
    return TrackingTables.complete(names, history != null, before, after);
  }

  private Command fill(List<InHouseRow> rows) {
    List<String> ranks = new ArrayList<>();
    long rank = 0;
    for (InHouseRow row : rows) {
      if (row.isApplied()) {
        rank++;
      }
      ranks.add(row.isApplied() ? Long.toString(rank) : "0");
    }
    return Command.of(
        names.fill(FILL),
        array(rows, InHouseRow::version),
        array(rows, InHouseRow::status),
        array(rows, InHouseRow::key),
        array(rows, InHouseRow::script),
        Identifiers.array(ranks),
        array(rows, row -> Boolean.toString(row.isWhole())));
  }

  private List<InHouseRow> rows(Session session) {
    List<InHouseRow> rows =
        session.query(Command.of(InHouseRow.select(migrations)), InHouseRow::of);
    List<String> problems = InHouseRow.problems(rows);
    if (!problems.isEmpty()) {
      throw refused(names, problems);
    }
    return rows.stream().sorted(InHouseRow.IN_ORDER).toList();
  }

  private static void add(List<Command> commands, @Nullable Command command) {
    if (command != null) {
      commands.add(command);
    }
  }

  private static String array(List<InHouseRow> rows, Function<InHouseRow, String> part) {
    return Identifiers.array(rows.stream().map(part).toList());
  }

  private static MigrationException refused(TrackingNames names, List<String> problems) {
    return MigrationException.because(
            FailureCode.TRACKING_TABLE_UNUSABLE,
            names
                + " is the tracking table of an in-house tool and cannot be taken over as it is:\n  "
                + String.join(".\n  ", problems) + ".")
        .done("nothing was changed.", List.of())
        .advice(
            "settle what is listed and run again, or configure another name or schema for the tracking table and set a"
                + " baseline there.")
        .build();
  }
}
