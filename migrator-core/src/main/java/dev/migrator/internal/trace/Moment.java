package dev.migrator.internal.trace;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.report.LockMode;
import dev.migrator.report.TracedRelation.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a session sees between two statements: the relations of the database, without those of the system and of sessions, and
 * the locks that the session has on them.
 *
 * @param relations the relations by oid
 * @param locks the strongest lock on each, by oid
 */
record Moment(Map<Long, Relation> relations, Map<Long, LockMode> locks) {

  /**
   * A relation.
   *
   * @param oid its oid
   * @param name its schema and its name, without quotes
   * @param quoted both, quoted
   * @param kind what it is
   * @param file the number of its file; another one after a rewrite
   * @param table the table of an index; 0 for anything else
   * @param valid whether queries may use it; false only for an index that is INVALID
   * @param partition whether it is a part of another
   * @param read how many rows the session has read of it in scans from end to end, by a counter that may carry over
   */
  record Relation(
      long oid,
      String name,
      String quoted,
      Kind kind,
      long file,
      long table,
      boolean valid,
      boolean partition,
      long read) {}

  static final Map<String, LockMode> MODES = Arrays.stream(LockMode.values())
      .collect(Collectors.toMap(LockMode::catalogName, Function.identity()));

  /** The first oid that the server gives to what users make (FirstNormalObjectId in its source). */
  private static final String RELATIONS = """
      SELECT c.oid, pg_catalog.concat(n.nspname, '.', c.relname), pg_catalog.format('%%I.%%I', n.nspname, c.relname),
             c.relkind, c.relfilenode, coalesce(i.indrelid, 0), coalesce(i.indisvalid, true), c.relispartition,
             CASE WHEN c.relkind OPERATOR(pg_catalog.=) ANY ('{r,m}'::"char"[])
                  THEN pg_catalog.pg_stat_get_xact_tuples_returned(c.oid) ELSE 0 END
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
        LEFT JOIN pg_catalog.pg_index i ON i.indexrelid OPERATOR(pg_catalog.=) c.oid
       WHERE c.oid %s
         AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,i,I,v,m,S,f}'::"char"[])
         AND c.relpersistence OPERATOR(pg_catalog.<>) 't'::"char"
         AND n.nspname OPERATOR(pg_catalog.<>) 'pg_toast'::pg_catalog.name
       ORDER BY c.oid""";

  private static final String LOCKS = """
      SELECT l.relation, l.mode
        FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) l.database
       WHERE l.locktype OPERATOR(pg_catalog.=) 'relation'
         AND l.pid OPERATOR(pg_catalog.=) %s
         AND d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
         AND l.relation OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid""";

  /**
   * Now.
   *
   * @param session which session
   */
  static Moment of(Session session) {
    try {
      Map<Long, Relation> relations = new LinkedHashMap<>();
      read(
          session,
          Command.of(RELATIONS.formatted("OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid")),
          relations);
      return new Moment(relations, ownLocks(session));
    } catch (CommandFailedException e) {
      throw unanswered(e);
    }
  }

  /** Now, where of the relations only those are read anew that the session has locked: nobody else changes what it sees. */
  Moment withWhatIsLocked(Session session) {
    try {
      Map<Long, LockMode> now = ownLocks(session);
      Map<Long, Relation> seen = new LinkedHashMap<>(relations);
      seen.keySet().removeAll(now.keySet());
      String oids =
          now.keySet().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
      read(
          session,
          Command.of(
              RELATIONS.formatted("OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.oid[])"), oids),
          seen);
      return new Moment(seen, now);
    } catch (CommandFailedException e) {
      throw unanswered(e);
    }
  }

  /** The same relations with the locks of now. */
  Moment withLocksOf(Session session) {
    try {
      return new Moment(relations, ownLocks(session));
    } catch (CommandFailedException e) {
      throw unanswered(e);
    }
  }

  private static RuntimeException unanswered(CommandFailedException failure) {
    return Session.unanswered("looking at what a statement did", failure);
  }

  private static Map<Long, LockMode> ownLocks(Session session) {
    return locks(session, Command.of(LOCKS.formatted("pg_catalog.pg_backend_pid()")));
  }

  private static void read(Session session, Command asking, Map<Long, Relation> into) {
    session.query(
        asking,
        row -> into.put(
            row.number(1),
            new Relation(
                row.number(1),
                row.text(2),
                row.text(3),
                kind(row.text(4)),
                row.number(5),
                row.number(6),
                row.flag(7),
                row.flag(8),
                row.number(9))));
  }

  /**
   * The strongest lock of another session on each relation, those that it waits for among them.
   *
   * @param pid its process
   */
  static Map<Long, LockMode> locksOf(Session session, long pid) {
    return locks(session, Command.of(LOCKS.formatted("$1::pg_catalog.int4"), Long.toString(pid)));
  }

  private static Map<Long, LockMode> locks(Session session, Command asking) {
    Map<Long, LockMode> locks = new HashMap<>();
    session.query(asking, row -> {
      LockMode mode = MODES.get(row.text(2));
      if (mode != null) {
        locks.merge(row.number(1), mode, LockMode::strongest);
      }
      return locks;
    });
    return locks;
  }

  /** An index of a name; {@code null} when there is none. */
  @Nullable
  Relation indexNamed(String name) {
    return relations.values().stream()
        .filter(relation -> relation.kind().isIndex() && relation.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static Kind kind(String relkind) {
    return switch (relkind) {
      case "p" -> Kind.PARTITIONED_TABLE;
      case "i" -> Kind.INDEX;
      case "I" -> Kind.PARTITIONED_INDEX;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      case "S" -> Kind.SEQUENCE;
      case "f" -> Kind.FOREIGN_TABLE;
      default -> Kind.TABLE;
    };
  }
}
