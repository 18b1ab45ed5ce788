package dev.migrator.internal.backup;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import java.util.ArrayList;
import java.util.List;

/** What belongs to a database and is in no copy and no dump of it, as commands that give it to another one. */
public final class DatabaseSettings {

  /** As pg_dump writes them: a few settings are lists of names, each of which is a value of its own. */
  private static final String SETTINGS = """
      SELECT pg_catalog.format('ALTER %s SET %I TO %s', s.what, s.name,
               CASE WHEN s.name IN ('search_path', 'temp_tablespaces', 'local_preload_libraries', 'session_preload_libraries')
                    THEN coalesce((SELECT pg_catalog.string_agg(pg_catalog.quote_literal(coalesce(
                                            pg_catalog.replace(l.found[1], '""', '"'), pg_catalog.lower(l.found[2]))), ', ' ORDER BY l.place)
                                     FROM pg_catalog.regexp_matches(s.value, '"((?:[^"]|"")*)"|([^",[:space:]]+)', 'g')
                                          WITH ORDINALITY AS l(found, place)), '''''')
                    ELSE pg_catalog.quote_literal(s.value) END)
        FROM (SELECT CASE d.setrole
                     WHEN 0 THEN pg_catalog.format('DATABASE %I', p.copy)
                     ELSE pg_catalog.format('ROLE %I IN DATABASE %I', pg_catalog.pg_get_userbyid(d.setrole), p.copy)
                     END AS what,
                     pg_catalog.split_part(c.entry, '=', 1) AS name,
                     pg_catalog.substr(c.entry, pg_catalog.strpos(c.entry, '=') + 1) AS value
                FROM (SELECT $1::text AS original, $2::text AS copy) p
                JOIN pg_catalog.pg_database o ON o.datname::text = p.original
                JOIN pg_catalog.pg_db_role_setting d ON d.setdatabase = o.oid,
                     pg_catalog.unnest(d.setconfig) AS c(entry)) s
      """;

  /** Whose it is, who may do what with it, and how many. */
  private static final String RIGHTS = """
      SELECT c.command
        FROM (SELECT $1::text AS original, $2::text AS copy) p
        JOIN pg_catalog.pg_database d ON d.datname::text = p.original, LATERAL (
               SELECT 1 AS place,
                      pg_catalog.format('ALTER DATABASE %I OWNER TO %I', p.copy, pg_catalog.pg_get_userbyid(d.datdba)) AS command
               UNION ALL
               SELECT 2, pg_catalog.format('ALTER DATABASE %I CONNECTION LIMIT %s', p.copy, d.datconnlimit)
                WHERE d.datconnlimit <> -1
               UNION ALL
               SELECT 3, pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', p.copy) WHERE d.datacl IS NOT NULL
               UNION ALL
               SELECT 4, pg_catalog.format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, p.copy,
                           CASE a.grantee WHEN 0 THEN 'PUBLIC'
                                ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END,
                           CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
                 FROM pg_catalog.aclexplode(d.datacl) a
                WHERE a.grantee <> d.datdba) c
       ORDER BY c.place, c.command COLLATE "C"
      """;

  private DatabaseSettings() {}

  /** The commands that give a database the settings of another one, those of roles within it included. */
  public static List<String> of(Session session, String original, String copy) {
    return session.query(Command.of(SETTINGS, original, copy), DatabaseSettings::text);
  }

  /** The same, its owner, its privileges and its limit of connections with them. */
  static List<String> allOf(Session session, String original, String copy) {
    List<String> commands =
        new ArrayList<>(session.query(Command.of(RIGHTS, original, copy), DatabaseSettings::text));
    commands.addAll(of(session, original, copy));
    return commands;
  }

  private static String text(Row row) {
    return row.text(1);
  }
}
