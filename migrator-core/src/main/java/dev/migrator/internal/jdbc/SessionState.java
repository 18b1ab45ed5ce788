package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session carries from one transaction to the next: settings, role, temporary objects, prepared statements,
 * cursors, channels that it listens on, advisory locks.
 */
public final class SessionState {

  private static final Command READ = Command.of("""
      SELECT 'setting', name, setting FROM pg_catalog.pg_settings WHERE source = 'session'
      UNION ALL
      SELECT 'authorization', 'session_authorization', session_user
      UNION ALL
      SELECT 'role', 'role', pg_catalog.current_setting('role')
      UNION ALL
      SELECT 'prepared statement', name, '' FROM pg_catalog.pg_prepared_statements WHERE from_sql
      UNION ALL
      SELECT 'cursor', name, '' FROM pg_catalog.pg_cursors WHERE is_holdable
      UNION ALL
      SELECT 'listen', channel, '' FROM pg_catalog.pg_listening_channels() AS channel
      UNION ALL
      SELECT 'temporary ' || CASE c.relkind WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'table' END, c.relname, ''
        FROM pg_catalog.pg_class c
       WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relkind IN ('r', 'p', 'v', 'S')
      UNION ALL
      SELECT 'advisory lock',
             mode || ' ' || objsubid || ' ' || classid || ' ' || objid,
             pg_catalog.count(*)::text
        FROM pg_catalog.pg_locks
       WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid() AND granted
       GROUP BY mode, objsubid, classid, objid
      """);

  /** Kind and name, to value. */
  private final Map<Entry, String> entries;

  private record Entry(String kind, String name) {}

  private SessionState(Map<Entry, String> entries) {
    this.entries = entries;
  }

  static SessionState of(Session session) {
    Map<Entry, String> entries = new LinkedHashMap<>();
    session.query(READ, row -> entries.put(new Entry(row.text(1), row.text(2)), row.text(3)));
    return new SessionState(entries);
  }

  /**
   * Brings the session back to this state.
   *
   * @return what differed, in words
   */
  List<String> restore(Session session) {
    SessionState now = of(session);
    List<Command> commands = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    // Authorization and role first: undoing the rest may need the privileges of the role that was
    // left.
    now.entries.forEach((entry, value) -> {
      if (!value.equals(entries.get(entry))) {
        undo(entry, commands);
        differences.add(words(entry));
      }
    });
    // A RESET in a script leaves nothing behind; what the pool or the lock had set is only set
    // again.
    entries.forEach((entry, value) -> {
      if (entry.kind().equals("setting") && !now.entries.containsKey(entry)) {
        commands.add(set(entry.name(), value));
      }
    });
    if (!commands.isEmpty()) {
      session.pipeline(commands);
    }
    return differences.stream().distinct().toList();
  }

  /** Goes back to this state's authorization and role until the transaction ends, so that a leak is still seen after it. */
  public List<Command> roleWithinTransaction() {
    return List.of(
        Command.of("SET LOCAL SESSION AUTHORIZATION DEFAULT"),
        Command.of(
            "SELECT pg_catalog.set_config('role', $1, true)",
            entries.getOrDefault(new Entry("role", "role"), "none")));
  }

  /** Goes back to the settings' defaults within a transaction that several scripts share. */
  public List<Command> withinTransaction() {
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("RESET ALL"));
    entries.forEach((entry, value) -> {
      if (entry.kind().equals("setting")) {
        commands.add(set(entry.name(), value));
      }
    });
    return commands;
  }

  private void undo(Entry entry, List<Command> commands) {
    String before = entries.get(entry);
    switch (entry.kind()) {
      case "authorization" -> commands.add(0, Command.of("RESET SESSION AUTHORIZATION"));
      case "role" -> commands.add(set("role", before == null ? "none" : before));
      case "setting" ->
        commands.add(
            before == null
                ? Command.of("RESET " + settingName(entry.name()))
                : set(entry.name(), before));
      case "prepared statement" ->
        commands.add(Command.of("DEALLOCATE " + Identifiers.quote(entry.name())));
      case "cursor" -> commands.add(Command.of("CLOSE " + Identifiers.quote(entry.name())));
      case "listen" -> commands.add(Command.of("UNLISTEN " + Identifiers.quote(entry.name())));
      case "advisory lock" -> commands.add(unlock(entry.name()));
      default -> commands.add(drop(entry));
    }
  }

  private static Command set(String name, String value) {
    return Command.of("SELECT pg_catalog.set_config($1, $2, false)", name, value);
  }

  /** A setting of an extension is written {@code prefix.name}, each part an identifier. */
  private static String settingName(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? Identifiers.quote(name)
        : Identifiers.quote(name.substring(0, dot), name.substring(dot + 1));
  }

  private static Command drop(Entry entry) {
    String kind = entry.kind().substring("temporary ".length());
    return Command.of(
        "DROP " + kind + " IF EXISTS " + Identifiers.quote("pg_temp", entry.name()) + " CASCADE");
  }

  /** The name holds mode, objsubid, classid and objid: one key of 64 bits or two of 32 (PostgreSQL manual, pg_locks). */
  private static Command unlock(String name) {
    String[] parts = name.split(" ", 4);
    String function = parts[0].startsWith("Share")
        ? "pg_catalog.pg_advisory_unlock_shared"
        : "pg_catalog.pg_advisory_unlock";
    if (parts[1].equals("1")) {
      long key = (Long.parseLong(parts[2]) << 32) | Long.parseLong(parts[3]);
      return Command.of("SELECT " + function + "($1::bigint)", Long.toString(key));
    }
    return Command.of(
        "SELECT " + function + "($1::integer, $2::integer)",
        Integer.toString((int) Long.parseLong(parts[2])),
        Integer.toString((int) Long.parseLong(parts[3])));
  }

  private static String words(Entry entry) {
    return switch (entry.kind()) {
      case "setting", "role", "authorization" -> entry.name();
      case "listen" -> "LISTEN " + entry.name();
      case "advisory lock" -> "advisory lock";
      default -> entry.kind() + " " + entry.name();
    };
  }
}
