package dev.migrator.internal.backup;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands about the database that a backup goes into, on a session in another database of its server. */
record NewDatabase(Session session, String name) {

  /** PostgreSQL cuts longer names off. */
  private static final int LONGEST_NAME = 63;

  private static final String EXISTS =
      "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname::text = $1::text)";

  /** The columns of a locale have other names in other versions. */
  private static final String LIKE = """
      SELECT pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
             pg_catalog.jsonb_extract_path_text(j.j, 'datlocprovider'),
             coalesce(pg_catalog.jsonb_extract_path_text(j.j, 'datlocale'),
                      pg_catalog.jsonb_extract_path_text(j.j, 'daticulocale')),
             coalesce(pg_catalog.jsonb_extract_path_text(j.j, 'daticurules'), '')
        FROM pg_catalog.pg_database d, LATERAL (SELECT pg_catalog.to_jsonb(d)) AS j(j)
       WHERE d.datname::text = $1::text
      """;

  /**
   * What keeps a database from being renamed: every process in it, and transactions that are prepared there. The server itself
   * ends an autovacuum worker, which has no user, and whose kind not every role may see.
   */
  private static final String SESSIONS = """
      SELECT w.who
        FROM (SELECT $1::text AS name) d, LATERAL (
               SELECT pg_catalog.concat_ws(' ', a.usename, 'pid', a.pid, nullif('(' || a.application_name || ')', '()')) AS who
                 FROM pg_catalog.pg_stat_activity a
                WHERE a.datname::text = d.name AND a.pid <> pg_catalog.pg_backend_pid()
                  AND (a.usesysid IS NOT NULL OR coalesce(a.backend_type, 'autovacuum worker') <> 'autovacuum worker')
               UNION
               SELECT pg_catalog.concat('prepared transaction ', x.gid)
                 FROM pg_catalog.pg_prepared_xacts x
                WHERE x.database::text = d.name) w
       ORDER BY 1
      """;

  /** To rename it, and to give its owner another one. */
  private static final String OWNED = """
      SELECT EXISTS (SELECT FROM pg_catalog.pg_database
                      WHERE datname::text = $1::text
                        AND pg_catalog.pg_has_role(datdba, 'USAGE') AND pg_catalog.pg_has_role(datdba, 'MEMBER'))
      """;

  private static final String CLOSED = """
      SELECT EXISTS (SELECT FROM pg_catalog.pg_database d
                      WHERE d.datname::text = $1::text AND d.datacl IS NOT NULL
                        AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(d.datacl) a
                                         WHERE a.grantee = 0 AND a.privilege_type = 'CONNECT'))
      """;

  static void requireName(String name) {
    if (name.isBlank()
        || name.indexOf('\0') >= 0
        || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw LibpqEnvironment.invalid(
          "a database's name has 1 to " + LONGEST_NAME + " bytes.", "give another one.");
    }
  }

  static boolean exists(Session session, String database) {
    return session.queryOne(Command.of(EXISTS, database), row -> row.flag(1));
  }

  /** Whether the role may rename a database and give another one its owner. */
  static boolean owns(Session session, String database) {
    return session.queryOne(Command.of(OWNED, database), row -> row.flag(1));
  }

  /** Whether not everybody may connect to a database; of one that is not there nobody knows, and it counts as open. */
  static boolean closed(Session session, String database) {
    return session.queryOne(Command.of(CLOSED, database), row -> row.flag(1));
  }

  /** Lets nobody in whom nobody has let in. */
  void close() {
    try {
      session.stepwise(List.of(Command.of(
          "REVOKE CONNECT, TEMPORARY ON DATABASE " + Identifiers.quote(name) + " FROM PUBLIC")));
    } catch (CommandFailedException e) {
      throw refused("keeping others out of the database " + name, drop(), e);
    }
  }

  /** Who is connected to a database. */
  static List<String> sessions(Session session, String database) {
    return session.query(Command.of(SESSIONS, database), row -> row.text(1));
  }

  /**
   * Creates it, empty.
   *
   * @param like has the encoding and the locale
   */
  void create(String like) {
    StringBuilder command = new StringBuilder("CREATE DATABASE ")
        .append(Identifiers.quote(name))
        .append(" TEMPLATE template0");
    session.query(Command.of(LIKE, like), row -> {
      option(command, "ENCODING", row.text(1));
      option(command, "LC_COLLATE", row.text(2));
      option(command, "LC_CTYPE", row.text(3));
      String provider = row.textOrNull(4);
      if ("i".equals(provider)) {
        command.append(" LOCALE_PROVIDER icu");
        option(command, "ICU_LOCALE", row.textOrNull(5));
        if (!row.text(6).isEmpty()) {
          option(command, "ICU_RULES", row.text(6));
        }
      } else if ("b".equals(provider)) {
        command.append(" LOCALE_PROVIDER builtin");
        option(command, "BUILTIN_LOCALE", row.textOrNull(5));
      }
      return true;
    });
    try {
      session.stepwise(List.of(Command.of(command.toString())));
    } catch (CommandFailedException e) {
      throw refused("creating the database " + name, "nothing was changed.", e);
    }
  }

  private static void option(StringBuilder command, String name, @Nullable String value) {
    if (value != null) {
      command.append(' ').append(name).append(' ').append(Identifiers.constant(value));
    }
  }

  /** Drops it; in words what became of it. */
  String drop() {
    String command = "DROP DATABASE IF EXISTS " + Identifiers.quote(name) + " WITH (FORCE)";
    try {
      session.stepwise(List.of(Command.of(command)));
      return "the new database " + name + " was dropped again; nothing else was changed.";
    } catch (CommandFailedException e) {
      return "the new database " + name + " is still there, because it could not be dropped ("
          + e.error().message() + "): " + command + "; nothing else was changed.";
    }
  }

  /**
   * Puts it in the place of another, with that one's owner, privileges and settings. Where that fails it stays, because it is
   * complete.
   *
   * @param kept the name under which the other one is kept
   * @throws MigrationException {@code RESTORE_FAILED}
   */
  void takePlaceOf(String other, String kept) {
    List<Command> commands = new ArrayList<>();
    try {
      commands.add(Command.of("BEGIN"));
      DatabaseSettings.allOf(session, other, name).forEach(c -> commands.add(Command.of(c)));
      commands.add(rename(other, kept));
      commands.add(rename(name, other));
      commands.add(Command.of("COMMIT"));
      session.stepwise(commands);
    } catch (CommandFailedException e) {
      MigrationException failure = notInPlace(other, kept, e);
      session.rollbackAfter(failure);
      throw failure;
    }
  }

  private MigrationException notInPlace(String other, String kept, CommandFailedException e) {
    boolean known = e.error().sqlState() != null && !e.error().sqlState().startsWith("08");
    return MigrationException.because(
            FailureCode.RESTORE_FAILED,
            "putting the restored database in the place of " + other + " failed: "
                + e.error().message())
        .sqlState(e.error().sqlState())
        .detail(e.error().explanation(""))
        .done(
            known
                ? other + " is as it was. The backup is brought back whole, into the database "
                    + name + ", which stays."
                : "the backup is brought back whole. Whether it took the place is not known: where there is a database "
                    + kept + ", it did; else it is " + name + ", and " + other + " is as it was.",
            List.of())
        .advice("stop what is connected to " + other
            + ", and let a role that owns both databases run, from another one:\n"
            + rename(other, kept).sql() + ";\n" + rename(name, other).sql() + ";\n"
            + "Then give it the owner, the privileges and the settings of " + kept
            + ". Or drop " + name + " and restore again.")
        .cause(e)
        .build();
  }

  private static Command rename(String from, String to) {
    return Command.of(
        "ALTER DATABASE " + Identifiers.quote(from) + " RENAME TO " + Identifiers.quote(to));
  }

  static MigrationException refused(String what, String done, CommandFailedException e) {
    return MigrationException.because(
            FailureCode.RESTORE_FAILED, what + " failed: " + e.error().message())
        .sqlState(e.error().sqlState())
        .detail(e.error().explanation(""))
        .done(done, List.of())
        .advice(
            "42501".equals(e.error().sqlState())
                ? "the role needs CREATEDB, and to own the database that it replaces."
                : "see what the server says.")
        .cause(e)
        .build();
  }
}
