package dev.migrator.internal.history;

import dev.migrator.internal.text.Identifiers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of everything that the engine keeps in the database, derived from one configured name.
 *
 * <p>The default {@code schema_migrations} gives {@code migration_history}, {@code migration_script}, {@code
 * migration_journal}, {@code migration_status_view} and {@code get_migration_status()}. Any other name {@code x} gives
 * {@code x_history}, {@code x_script}, {@code x_journal}, {@code x_status_view} and {@code get_x_status()}.
 *
 * @param schema the schema, unquoted
 * @param table the tracking table, unquoted
 */
public record TrackingNames(String schema, String table) {

  /** The name of the tracking table when none is configured. */
  public static final String DEFAULT_TABLE = "schema_migrations";

  /** What the default's derived names begin with. */
  public static final String DEFAULT_STEM = "migration";

  /** The longest name that leaves room for what is derived from it: an identifier has at most 63 bytes. */
  public static final int LONGEST_TABLE = 63 - "get__status_view".length();

  /**
   * The tables and the view with the privileges that the engine needs on each, the tracking table first. The history is
   * appended to and never changed, so that a database may forbid to change it. Identity columns need no privilege on their
   * sequence (PostgreSQL manual, GRANT).
   *
   * @param table the tracking table, unquoted
   */
  public static Map<String, List<String>> privileges(String table) {
    String stem = stem(table);
    List<String> all = List.of("SELECT", "INSERT", "UPDATE", "DELETE");
    Map<String, List<String>> privileges = new LinkedHashMap<>();
    privileges.put(table, all);
    privileges.put(stem + "_history", List.of("SELECT", "INSERT"));
    privileges.put(stem + "_script", all);
    privileges.put(stem + "_journal", all);
    privileges.put(stem + "_status_view", List.of());
    return privileges;
  }

  private static String stem(String table) {
    return table.equals(DEFAULT_TABLE) ? DEFAULT_STEM : table;
  }

  /** SQL text with the names, quoted, in place of {@code %{migrations}}, {@code %{history}} and so on. */
  String fill(String sql) {
    return sql.replace("%{migrations}", quoted(table))
        .replace("%{history}", quoted(stem() + "_history"))
        .replace("%{scripts}", quoted(stem() + "_script"))
        .replace("%{scriptsText}", Identifiers.constant(quoted(stem() + "_script")))
        .replace("%{journal}", quoted(stem() + "_journal"))
        .replace("%{statusView}", quoted(stem() + "_status_view"))
        .replace("%{statusFunction}", quoted("get_" + stem() + "_status"));
  }

  /** The names of the tables that keep a record, unquoted: the tracking table and the history. */
  public Set<String> records() {
    return Set.of(table, stem() + "_history");
  }

  /** The names of the other tables, unquoted. */
  public Set<String> tables() {
    return Set.of(stem() + "_script", stem() + "_journal");
  }

  /** The names of the view and the function, unquoted. */
  public Set<String> views() {
    return Set.of(stem() + "_status_view", "get_" + stem() + "_status");
  }

  /** What is part of every one of the names. */
  public String stem() {
    return stem(table);
  }

  private String quoted(String name) {
    return Identifiers.quote(schema, name);
  }

  /** {@code schema.table}, unquoted: what the lock's key is made of, and how messages name the table. */
  @Override
  public String toString() {
    return schema + "." + table;
  }
}
