package dev.migrator.internal.backup;

import dev.migrator.config.Connections;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a database's schema that can be made: the programs are there, they are not older than the server, and its address is
 * one that they reach. The rows stay where they are, but for those of tables that are named.
 */
public final class SchemaCopy {

  /** Whose the copied objects are. */
  public enum Owners {
    /** Those of the original, who must be there; and whoever has privileges on them. */
    SAME,
    /** Whoever makes the copy; nobody else has privileges. */
    WHO_COPIES
  }

  /** Somebody who changes a table at this moment ends soon, or should be looked at. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

  /** Roles that own something in a database, have privileges or are named by a policy; the first superuser is in no list. */
  private static final Command ROLES = Command.of("""
      SELECT r.rolname::pg_catalog.text
        FROM pg_catalog.pg_roles r
       WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.!~) '^pg_'
         AND (r.oid OPERATOR(pg_catalog.=) 10::pg_catalog.oid
              OR r.oid OPERATOR(pg_catalog.=) (SELECT d.datdba FROM pg_catalog.pg_database d
                                                WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
              OR EXISTS (SELECT 1
                           FROM pg_catalog.pg_shdepend s
                           JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) s.dbid
                          WHERE s.refobjid OPERATOR(pg_catalog.=) r.oid
                            AND d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
                            AND s.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_authid'::pg_catalog.regclass))""");

  /** Roles that a copy needs even where its objects have neither owners nor privileges. */
  private static final Command NAMED = Command.of("""
      SELECT r.rolname::pg_catalog.text
        FROM pg_catalog.pg_roles r
       WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_policy p
                      WHERE r.oid OPERATOR(pg_catalog.=) ANY (p.polroles))""");

  private static final Command MAPPED = Command.of("""
      SELECT DISTINCT m.srvname::pg_catalog.text FROM pg_catalog.pg_user_mappings m""");

  private final Program dump;
  private final Program reader;
  private final Map<String, String> original;
  private final Set<String> named;
  private final Set<String> mapped;

  private SchemaCopy(
      Program dump,
      Program reader,
      Map<String, String> original,
      Set<String> named,
      Set<String> mapped) {
    this.dump = dump;
    this.reader = reader;
    this.original = original;
    this.named = named;
    this.mapped = mapped;
  }

  /**
   * Looks whether one can be made.
   *
   * @param programs where the programs are; {@code null} to look for them
   * @param connections the database; {@code null} where nobody gave its address
   * @param session in that database
   * @throws MigrationException {@code CONFIGURATION_INVALID} when not
   */
  public static SchemaCopy of(
      @Nullable Path programs, @Nullable Connections connections, Session session) {
    if (connections == null) {
      throw LibpqEnvironment.invalid(
          "pg_dump cannot use a data source: it needs the address of the database.",
          "name it beside the data source: connections(Connections.to(\"postgresql://user@host:5432/name\")),"
              + " in Micronaut migrator.datasources.<name>.direct-url.");
    }
    Programs found = new Programs(programs, "");
    int server = ServerMoment.of(session).major();
    return new SchemaCopy(
        found.postgres("pg_dump", server),
        found.postgres("psql", server),
        LibpqEnvironment.of(connections),
        names(session, NAMED),
        names(session, MAPPED));
  }

  /** What makes it. */
  public String program() {
    return "pg_dump " + dump.version();
  }

  /**
   * The roles that a copy with the same owners needs.
   *
   * @param session in the database that is copied
   */
  public static Set<String> roles(Session session) {
    return names(session, ROLES);
  }

  /** The roles that every copy needs, because a policy names them. */
  public Set<String> namedRoles() {
    return named;
  }

  /** The foreign servers for which the original knows users, and so may have passwords that the copy gets too. */
  public Set<String> mappedServers() {
    return mapped;
  }

  private static Set<String> names(Session session, Command command) {
    try {
      return new TreeSet<>(session.query(command, row -> row.text(1)));
    } catch (CommandFailedException e) {
      throw Session.unanswered("looking at what a copy of the schema needs", e);
    }
  }

  /**
   * Makes it.
   *
   * @param target an empty database
   * @param withRows the tables whose rows are copied too, quoted
   * @param check throws when it is to stop, and is asked again and again
   * @throws MigrationException {@code THROW_AWAY_DATABASE_UNAVAILABLE} when there is none; what there is of it by then stays
   */
  public void into(Connections target, Owners owners, List<String> withRows, Runnable check) {
    int server = version(target);
    try {
      // A subscription would begin to fetch, and a tablespace is a folder of the other server.
      List<String> schema = new ArrayList<>(List.of(
          "--schema-only", "--no-subscriptions", "--no-tablespaces", "--no-security-labels"));
      if (owners == Owners.WHO_COPIES) {
        schema.addAll(List.of("--no-owner", "--no-privileges", "--no-publications"));
      }
      pass(schema, target, server, check);
      if (!withRows.isEmpty()) {
        List<String> rows = new ArrayList<>(List.of("--data-only"));
        withRows.forEach(table -> rows.add("--table=" + table));
        pass(rows, target, server, check);
      }
    } catch (IOException e) {
      throw MigrationException.because(
              FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE,
              "the schema could not be copied: " + Failures.words(e))
          .done("nothing was changed.", List.of())
          .advice(advice(e))
          .cause(e)
          .build();
    }
  }

  private static int version(Connections target) {
    try (Session session = Session.open(DriverDataSource.to(target))) {
      return ServerMoment.of(session).major();
    }
  }

  private void pass(List<String> options, Connections target, int server, Runnable check)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(
        dump.path().toString(), "--no-password", "--lock-wait-timeout=" + LOCK_WAIT.toMillis()));
    command.addAll(options);
    ProcessBuilder writer = new ProcessBuilder(command);
    LibpqEnvironment.give(original, writer.environment());
    ProcessBuilder taker = new ProcessBuilder(DatabaseRestore.psql(reader))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    LibpqEnvironment.give(LibpqEnvironment.of(target), taker.environment());
    try (Flow flow = new Flow()) {
      Child written = flow.start("pg_dump", writer);
      Child read = flow.start("psql", taker);
      written.input().close();
      flow.pump(() -> {
        try (OutputStream out = read.input()) {
          DumpHeader.pass(written.output(), out, server);
        }
      });
      flow.await(check);
    }
  }

  private static String advice(IOException e) {
    return Failures.words(e).startsWith("psql ")
        ? "let the throw-away server have what the database uses: its extensions, its version; --server names it."
        : "let the role read the schema (pg_read_all_data), and run again; or bring the missing scripts back.";
  }
}
