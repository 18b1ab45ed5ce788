package dev.migrator.internal.scratch;

import dev.migrator.internal.backup.SchemaCopy;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A throw-away database that is filled with a copy of another one's schema, and what is put in order there. */
final class CopiedSchema {

  private static final String NOBODYS =
      "The copy has neither owners nor privileges, because others use its server.";

  /** In the order in which they were made, which is that in which they need each other. */
  private static final Command UNPOPULATED = Command.of("""
      SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
       WHERE c.relkind OPERATOR(pg_catalog.=) 'm'::"char" AND NOT c.relispopulated
       ORDER BY c.oid""");

  private static final Command MAPPINGS = Command.of("""
      SELECT CASE WHEN m.umuser OPERATOR(pg_catalog.=) 0::pg_catalog.oid THEN NULL ELSE m.usename::pg_catalog.text END, m.srvname::pg_catalog.text
        FROM pg_catalog.pg_user_mappings m""");

  private static final Command ROLES =
      Command.of("SELECT r.rolname::pg_catalog.text FROM pg_catalog.pg_roles r");

  /** A foreign data wrapper without a handler reaches nothing; dblink is none. */
  private static final Command REACHES_OUT = Command.of("""
      SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_foreign_data_wrapper w
                      WHERE w.fdwhandler OPERATOR(pg_catalog.<>) 0::pg_catalog.oid)
          OR EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE e.extname OPERATOR(pg_catalog.=) 'dblink'::pg_catalog.name)""");

  private CopiedSchema() {}

  static List<String> into(
      ScratchDatabase database,
      Sharing sharing,
      SchemaCopy copy,
      List<String> withRows,
      Runnable check) {
    List<String> notes = new ArrayList<>();
    boolean shared = sharing == Sharing.SHARED;
    if (shared) {
      requireHarmless(database, copy);
    }
    copy.into(
        database.connections(),
        shared ? SchemaCopy.Owners.WHO_COPIES : SchemaCopy.Owners.SAME,
        withRows,
        check);
    if (shared) {
      notes.add(NOBODYS);
    }
    try (Session session = database.open()) {
      forgetPasswords(session);
      List<String> views =
          session.query(UNPOPULATED, row -> Identifiers.quote(row.text(1), row.text(2)));
      if (!views.isEmpty() && session.queryOne(REACHES_OUT, row -> row.flag(1))) {
        notes.add("No materialized view can be read in the copy: to fill them could reach other"
            + " servers or files, by a foreign data wrapper or dblink.");
        return notes;
      }
      for (String view : views) {
        check.run();
        populate(session, view, notes);
      }
      return notes;
    } catch (CommandFailedException e) {
      throw ScratchFailures.refused(
          "putting the copied schema in order", "see what the server says.", e);
    }
  }

  /** What a server keeps of a copy, as in its log, is gone with it only where nobody else uses it. */
  private static void requireHarmless(ScratchDatabase database, SchemaCopy copy) {
    if (!copy.mappedServers().isEmpty()) {
      throw ScratchFailures.noServer(
          "the schema has user mappings for foreign servers ("
              + String.join(", ", copy.mappedServers())
              + "); their passwords could stay in the log of a throw-away server that others use.",
          "let a server be started for the purpose: an embedded one.");
    }
    Set<String> missing = new TreeSet<>(copy.namedRoles());
    try (Session session = database.open()) {
      session.query(ROLES, row -> row.text(1)).forEach(missing::remove);
    } catch (CommandFailedException e) {
      throw ScratchFailures.refused(
          "looking for the roles of the copied schema", "see what the server says.", e);
    }
    if (!missing.isEmpty()) {
      throw ScratchFailures.noServer(
          "policies of the schema name roles that the throw-away server does not have: "
              + String.join(", ", missing) + ".",
          missing.stream()
                  .map(role -> "CREATE ROLE " + Identifiers.quote(role) + " NOLOGIN;")
                  .collect(Collectors.joining(" "))
              + " or let a server be started for the purpose: an embedded one.");
    }
  }

  /** What is only tried reaches no foreign server. */
  private static void forgetPasswords(Session session) {
    List<Command> drops = session.query(MAPPINGS, row -> {
      String user = row.textOrNull(1);
      return Command.of(
          "DROP USER MAPPING FOR " + (user == null ? "PUBLIC" : Identifiers.quote(user))
              + " SERVER " + Identifiers.quote(row.text(2)));
    });
    session.stepwise(drops);
  }

  /** Nobody may read a materialized view that was never filled, not even to find that it is empty. */
  private static void populate(Session session, String view, List<String> notes) {
    try {
      session.stepwise(List.of(Command.of("REFRESH MATERIALIZED VIEW " + view)));
    } catch (CommandFailedException e) {
      if (e.error().isConnectionLoss()) {
        throw e;
      }
      notes.add("The materialized view " + view + " cannot be read in the copy: "
          + e.error().message());
    }
  }
}
