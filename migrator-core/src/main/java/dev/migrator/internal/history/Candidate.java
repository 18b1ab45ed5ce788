package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Row;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table that has the tracking table's name, in a schema that is visible or was configured.
 *
 * @param columns its columns with their types, one a line, a tab between the two
 */
record Candidate(
    String database,
    @Nullable String currentSchema,
    @Nullable String schema,
    @Nullable String comment,
    @Nullable String columns) {

  /** Every table of that name, and what tells whether it is ours: asked when {@link Look} does not settle it. */
  static final String ALL = """
      SELECT pg_catalog.current_database(), pg_catalog.current_schema(),
             t.nspname, t.comment, t.columns
        FROM (SELECT $1::text AS schema, $2::text AS name) wanted
        LEFT JOIN LATERAL (
             SELECT n.nspname, pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
                    (SELECT pg_catalog.string_agg(a.attname || E'\\t' || pg_catalog.format_type(a.atttypid, a.atttypmod),
                                                  E'\\n' ORDER BY a.attnum)
                       FROM pg_catalog.pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
               FROM pg_catalog.pg_class c
               JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relname = wanted.name
                AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                AND CASE WHEN wanted.schema IS NULL THEN n.nspname = ANY (pg_catalog.current_schemas(false))
                         ELSE n.nspname = wanted.schema END) t ON true
      """;

  /** The columns of format 1.0 that no other tool's table has together. */
  private static final Set<String> OUR_COLUMNS = Set.of(
      "version",
      "name",
      "applied_at",
      "checksum",
      "execution_time_ms",
      "status",
      "error_message",
      "applied_by",
      "version_key",
      "checksum_algorithm",
      "applied_rank",
      "transactional");

  private static final Pattern MARKED =
      Pattern.compile(TrackingTables.MARK + "([0-9]{1,6})\\.[0-9]{1,6}");

  static Candidate of(Row row) {
    return new Candidate(
        row.text(1), row.textOrNull(2), row.textOrNull(3), row.textOrNull(4), row.textOrNull(5));
  }

  /** Decides between the candidates; there is always one row, without a schema when no such table exists. */
  static Located choose(List<Candidate> candidates, @Nullable String configured, String table) {
    Candidate any = candidates.get(0);
    String schema = configured != null ? configured : any.currentSchema();
    if (schema == null) {
      throw MigrationException.because(
              FailureCode.TRACKING_TABLE_UNUSABLE,
              "the session has no current schema: search_path names none that exists.")
          .done("nothing was changed.", List.of())
          .advice(
              "configure the schema of the tracking table, or create the one that search_path names.")
          .build();
    }
    TrackingNames names = new TrackingNames(schema, table);
    Candidate here =
        candidates.stream().filter(c -> schema.equals(c.schema())).findFirst().orElse(null);
    if (here != null) {
      here.refuseForeign(names);
      return new Located(any.database(), names, any.currentSchema(), true);
    }
    candidates.stream()
        .filter(c -> c.schema() != null && c.isUsable())
        .findFirst()
        .ifPresent(elsewhere -> {
          throw MigrationException.because(
                  FailureCode.TRACKING_TABLE_UNUSABLE,
                  "the tracking table would be " + names + ", but " + elsewhere.schema() + "."
                      + table + " holds a history already.")
              .done("nothing was changed.", List.of())
              .advice("configure the schema: \"" + elsewhere.schema()
                  + "\" to go on with that history, \"" + schema + "\" to begin another.")
              .build();
        });
    return new Located(any.database(), names, any.currentSchema(), false);
  }

  /** Whether one of these is the tracking table of an in-house tool, which can be taken over. */
  static boolean isInHouse(List<Candidate> candidates, String schema) {
    return candidates.stream().anyMatch(c -> schema.equals(c.schema()) && c.isInHouse());
  }

  private boolean isUsable() {
    return hasOurMark() || hasOurColumns() || isInHouse();
  }

  private boolean isInHouse() {
    return !hasOurMark() && !hasOurColumns() && InHouse.isShapeOf(types().keySet());
  }

  boolean hasOurMark() {
    return comment != null && MARKED.matcher(comment).matches();
  }

  private boolean hasOurColumns() {
    return types().keySet().containsAll(OUR_COLUMNS);
  }

  /** The columns' types by their names. */
  private Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    if (columns != null) {
      for (String column : columns.split("\n")) {
        int type = column.lastIndexOf('\t');
        types.put(column.substring(0, type), column.substring(type + 1));
      }
    }
    return types;
  }

  private void refuseForeign(TrackingNames names) {
    if (!isUsable()) {
      String tool = OtherTool.nameOf(types());
      throw MigrationException.because(
              FailureCode.FOREIGN_TABLE,
              "the table " + names + " exists and is not Migrator's"
                  + (tool == null ? "" : ": it looks like the one of " + tool) + " (columns: "
                  + String.join(",", types().keySet()) + ").")
          .done("nothing was changed.", List.of())
          .advice(
              "configure another name (trackingTable, --table) or schema (trackingSchema, --schema) for the"
                  + " tracking table; the existing table is never altered."
                  + (tool == null
                      ? ""
                      : " To go on where " + tool
                          + " stopped, set a baseline there at the version that it has reached."))
          .build();
    }
    int major = comment != null && comment.startsWith(TrackingTables.MARK)
        ? major(comment)
        : TrackingTables.MAJOR;
    if (major > TrackingTables.MAJOR) {
      throw MigrationException.because(
              FailureCode.TRACKING_TABLE_UNUSABLE,
              names + " was written by a newer Migrator (" + comment + "); this one understands "
                  + TrackingTables.FORMAT + ".")
          .done("nothing was changed.", List.of())
          .advice("run the newer version.")
          .build();
    }
  }

  private static int major(String mark) {
    Matcher format = MARKED.matcher(mark);
    return format.matches() ? Integer.parseInt(format.group(1)) : TrackingTables.MAJOR;
  }
}
