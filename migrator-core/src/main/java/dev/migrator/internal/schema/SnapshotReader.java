package dev.migrator.internal.schema;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a database's catalog into a strict snapshot, in one read-only transaction. Every role can: the catalog's tables that
 * it asks are open to all.
 *
 * <p>What the server spells from its parts (definitions of views, constraints and so on) it spells as of the moment of each
 * query; whoever changes the schema meanwhile may be seen in part.
 */
public final class SnapshotReader {

  /**
   * The texts that the server makes depend on these. An empty search path makes it qualify every name but its own; a plan
   * that looks expensive would be compiled, which takes longer than to run it, and so does looking for a better order of
   * joins than the one in which they are written.
   */
  private static final List<Command> BEGIN =
      List.of(Command.of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), Command.of("""
          SELECT pg_catalog.set_config(s.name, s.value, true)
            FROM (VALUES ('search_path', ''), ('TimeZone', 'UTC'), ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'),
                         ('bytea_output', 'hex'), ('extra_float_digits', '1'), ('quote_all_identifiers', 'off'),
                         ('standard_conforming_strings', 'on'), ('jit', 'off'), ('join_collapse_limit', '1')) AS s (name, value)
          """));

  /**
   * The server locks what it spells out, as a query on it would be: another session's ALTER TABLE may have it. What it
   * has to work out for a query is bounded too, unless the session has a bound of its own.
   */
  private static final String TIMEOUTS = """
      SELECT pg_catalog.set_config('lock_timeout', $1, true),
             pg_catalog.set_config('statement_timeout',
                                   coalesce(nullif(pg_catalog.current_setting('statement_timeout'), '0'), $2), true)
      """;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  private static final Duration LONGEST_QUERY = Duration.ofMinutes(2);

  private static final Command COMMIT = Command.of("COMMIT");

  private SnapshotReader() {}

  /**
   * The schema as it is now; waits up to 3 seconds for a lock.
   *
   * @param session in autocommit
   * @throws MigrationException {@code SCHEMA_UNREADABLE} when the server fails to tell, {@code CONNECTION_LOST}
   */
  public static SchemaSnapshot read(Session session, SnapshotScope scope) {
    return read(session, scope, LONGEST_WAIT);
  }

  /**
   * The schema as it is now.
   *
   * @param session in autocommit
   * @param lockTimeout how long to wait for each lock; zero for as long as a query may take, which is 2 minutes
   * @throws MigrationException {@code SCHEMA_UNREADABLE} when the server fails to tell, {@code CONNECTION_LOST}
   */
  public static SchemaSnapshot read(Session session, SnapshotScope scope, Duration lockTimeout) {
    try {
      return readIn(session, scope, lockTimeout);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      throw unreadable(e);
    } catch (RuntimeException e) {
      session.rollbackAfter(e);
      throw e;
    }
  }

  private static SchemaSnapshot readIn(Session session, SnapshotScope scope, Duration lockTimeout) {
    List<Command> first = new ArrayList<>(BEGIN);
    first.add(Command.of(
        TIMEOUTS, Long.toString(lockTimeout.toMillis()), Long.toString(LONGEST_QUERY.toMillis())));
    int begin = first.size();
    first.add(Census.of(scope));
    Census census = new Census();
    session.queries(first, (query, row) -> {
      if (query == begin) {
        census.take(row);
      }
    });
    CatalogReading reading = new CatalogReading(census, scope.isWhole());
    List<Command> second = new ArrayList<>(reading.queries());
    second.add(COMMIT);
    session.queries(second, reading::take);
    List<SchemaObject> objects = reading.objects().stream()
        .filter(object -> !isOwn(object, census.own()))
        .toList();
    return new SchemaSnapshot(SchemaFlavour.STRICT, census.serverMajor(), census.names(), objects);
  }

  /** The engine's own, what is part of it, its function without arguments, and the sequences of its columns. */
  private static boolean isOwn(SchemaObject object, Set<String> own) {
    if (own.isEmpty()) {
      return false;
    }
    String name = object.name();
    return own.contains(object.parent())
        || object.parent().isEmpty()
            && (own.contains(name)
                || name.endsWith("()") && own.contains(name.substring(0, name.length() - 2)))
        || isOfOwnColumn(object.attributes().get("owned by"), own)
        || isOfOwnColumn(object.attributes().get("identity of"), own);
  }

  private static boolean isOfOwnColumn(@Nullable String column, Set<String> own) {
    return column != null && own.stream().anyMatch(table -> column.startsWith(table + "."));
  }

  private static MigrationException unreadable(CommandFailedException failure) {
    boolean lost = failure.error().isConnectionLoss();
    return MigrationException.because(
            lost ? FailureCode.CONNECTION_LOST : FailureCode.SCHEMA_UNREADABLE,
            "reading the schema failed: " + Redaction.redact(failure.error().message()))
        .sqlState(failure.error().sqlState())
        .advice("read it again when nobody else changes the schema.")
        .cause(failure)
        .build();
  }
}
