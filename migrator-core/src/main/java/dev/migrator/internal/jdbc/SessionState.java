package dev.migrator.internal.jdbc;

import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a session carries from one transaction to the next: settings, role, temporary objects, prepared statements,
 * cursors, channels that it listens on, advisory locks.
 */
public final class SessionState {

  private static final String READ = """
      SELECT 'setting', name, setting FROM pg_catalog.pg_settings WHERE source = 'session'
      UNION ALL
      SELECT 'setting', name, pg_catalog.current_setting(name, true)
        FROM pg_catalog.unnest($1::text[]) AS name
       WHERE pg_catalog.current_setting(name, true) <> ''
      UNION ALL
      SELECT 'search_path', 'search_path', pg_catalog.current_setting('search_path')
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
      SELECT 'temporary routine', p.oid::pg_catalog.regprocedure::text, ''
        FROM pg_catalog.pg_proc p
       WHERE p.pronamespace = pg_catalog.pg_my_temp_schema()
      UNION ALL
      SELECT DISTINCT 'advisory lock', mode || ' ' || objsubid || ' ' || classid || ' ' || objid, ''
        FROM pg_catalog.pg_locks
       WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid() AND granted
      """;

  /** The list of the server has no setting with a prefix, and not the role. */
  private static final String SETTINGS = """
      SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session'
      UNION ALL
      SELECT name, pg_catalog.current_setting(name, true)
        FROM pg_catalog.unnest($1::text[]) AS name
       WHERE pg_catalog.current_setting(name, true) IS NOT NULL
      UNION ALL
      SELECT 'role', pg_catalog.current_setting('role')
      """;

  /** How often one session may have taken one advisory lock before giving up on releasing it. */
  private static final int MOST_LOCKS = 1_000;

  /** Names of settings with a prefix, which the server keeps but does not list. */
  private final Set<String> prefixed;

  /** Kind and name, to value. */
  private final Map<Entry, String> entries;

  private record Entry(String kind, String name) {}

  private SessionState(Map<Entry, String> entries, Set<String> prefixed) {
    this.entries = entries;
    this.prefixed = prefixed;
  }

  static SessionState of(Session session, Set<String> settings) {
    Set<String> prefixed = settings.stream()
        .filter(name -> name.indexOf('.') > 0)
        .collect(Collectors.toCollection(TreeSet::new));
    Map<Entry, String> entries = new LinkedHashMap<>();
    session.holds(Command.of(READ, Identifiers.array(prefixed)), row -> {
      Entry entry = new Entry(row.text(1), row.text(2));
      if (!entry.kind().equals("prepared statement") || !session.keeps(entry.name())) {
        entries.put(entry, row.text(3));
      }
      return true;
    });
    return new SessionState(entries, prefixed);
  }

  /**
   * The settings that a session has now and did not begin with, by name.
   *
   * @param named settings to look for; those with a prefix are found in no other way
   */
  public static Map<String, String> settings(Session session, Set<String> named) {
    List<String> prefixed = named.stream().filter(name -> name.indexOf('.') > 0).toList();
    Map<String, String> settings = new LinkedHashMap<>();
    session.query(
        Command.of(SETTINGS, Identifiers.array(prefixed)),
        row -> settings.put(row.text(1), row.text(2)));
    return settings;
  }

  /**
   * Brings the session back to this state.
   *
   * @return what differed, in words
   */
  List<String> restore(Session session) {
    SessionState now = of(session, prefixed);
    List<String> differences = restore(session, now);
    // The server does not tell how often a lock was taken, and one release undoes one of them.
    for (int i = 0; i < MOST_LOCKS && now.hasLocksBeyond(this); i++) {
      now = of(session, prefixed);
      restore(session, now);
    }
    return differences;
  }

  private List<String> restore(Session session, SessionState now) {
    List<Command> commands = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    now.entries.forEach((entry, value) -> {
      if (!value.equals(entries.get(entry)) && !entry.kind().equals("search_path")) {
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
    List<Command> ordered = inTheirOrder(commands, now);
    if (!ordered.isEmpty()) {
      session.pipeline(ordered);
    }
    return differences.stream().distinct().toList();
  }

  /** A role that a script left behind may not undo the rest: it is given up first, and the former one taken last. */
  private List<Command> inTheirOrder(List<Command> commands, SessionState now) {
    boolean sameRole = now.authorization().equals(authorization()) && now.role().equals(role());
    if (sameRole) {
      return commands;
    }
    List<Command> all = new ArrayList<>();
    all.add(Command.of("RESET SESSION AUTHORIZATION"));
    all.add(set("role", "none"));
    all.addAll(commands);
    all.add(set("role", role()));
    return all;
  }

  private boolean hasLocksBeyond(SessionState other) {
    return entries.keySet().stream()
        .anyMatch(
            entry -> entry.kind().equals("advisory lock") && !other.entries.containsKey(entry));
  }

  /** The role, {@code none} for the session's own user. */
  String role() {
    return entries.getOrDefault(new Entry("role", "role"), "none");
  }

  /** The search path. */
  String searchPath() {
    return entries.getOrDefault(new Entry("search_path", "search_path"), "");
  }

  private String authorization() {
    return entries.getOrDefault(new Entry("authorization", "session_authorization"), "");
  }

  /** Goes back to this state's authorization and role until the transaction ends, so that a leak is still seen after it. */
  public List<Command> roleWithinTransaction() {
    return List.of(
        Command.of("SET LOCAL SESSION AUTHORIZATION DEFAULT"),
        Command.of("SELECT pg_catalog.set_config('role', $1, true)", role()));
  }

  /** Undoes what a script set, within a transaction that the next script shares. */
  public List<Command> settingsWithinTransaction(Set<String> names) {
    List<Command> commands = new ArrayList<>();
    for (String name : names) {
      String before = entries.get(new Entry("setting", name));
      commands.add(before == null ? Command.of("RESET " + settingName(name)) : set(name, before));
    }
    return commands;
  }

  private void undo(Entry entry, List<Command> commands) {
    String before = entries.get(entry);
    switch (entry.kind()) {
      case "authorization", "role" -> {}
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
      case "temporary routine" ->
        commands.add(Command.of("DROP ROUTINE IF EXISTS " + entry.name() + " CASCADE"));
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
