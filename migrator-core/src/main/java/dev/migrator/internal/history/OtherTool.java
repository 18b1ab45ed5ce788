package dev.migrator.internal.history;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A migration tool whose table may have the tracking table's name, recognised by the table's columns. */
enum OtherTool {
  GOLANG_MIGRATE("golang-migrate", "version dirty"),
  DBMATE("dbmate", "version") {
    @Override
    boolean owns(Map<String, String> columns) {
      return super.owns(columns) && "character varying(128)".equals(columns.get("version"));
    }
  },
  RAILS("Rails, or an older dbmate", "version"),
  GOOSE("goose", "version_id is_applied tstamp"),
  SQLX("sqlx", "version description installed_on success checksum execution_time"),
  DIESEL("diesel", "version run_on"),
  ECTO("Ecto", "version inserted_at"),
  SUPABASE("the Supabase command line", "version statements"),
  SEQUEL("Sequel", "filename"),
  REFINERY("refinery", "version name applied_on checksum"),
  SQL_MIGRATE("sql-migrate", "id applied_at"),
  FLYWAY("Flyway", "installed_rank version success");

  private final String title;
  private final String columns;

  OtherTool(String title, String columns) {
    this.title = title;
    this.columns = columns;
  }

  /** Whether a table is this tool's; where one column is all that there is, it must be the only one. */
  boolean owns(Map<String, String> found) {
    Set<String> own = Set.of(columns.split(" "));
    return own.size() == 1 ? found.keySet().equals(own) : found.keySet().containsAll(own);
  }

  /**
   * The tool that a table is of.
   *
   * @param columns the columns' types by their names
   * @return its name; {@code null} when it is none of these
   */
  static @Nullable String nameOf(Map<String, String> columns) {
    return Arrays.stream(values())
        .filter(tool -> tool.owns(columns))
        .map(tool -> tool.title)
        .findFirst()
        .orElse(null);
  }
}
