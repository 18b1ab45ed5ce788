package dev.migrator.internal.sql.structure;

import dev.migrator.report.LockMode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a statement; each kind of statement has a type of its own. */
public sealed interface Detail
    permits Create,
        Detail.Alter,
        Detail.Drop,
        Detail.DropOwned,
        Detail.Annotation,
        Detail.Privileges,
        Detail.Rows,
        Detail.Truncate,
        Detail.Copy,
        Detail.Explain,
        Detail.TransactionControl,
        Detail.Lock,
        Detail.Setting,
        Detail.Code,
        Detail.Call,
        Detail.Maintenance,
        Detail.Plain,
        Detail.Unknown {

  /**
   * ALTER of anything.
   *
   * @param object what is altered
   * @param clauses IF_EXISTS, ONLY
   * @param changes what happens to it, in the order of the text
   */
  record Alter(ObjectReference object, Set<Clause> clauses, List<Change> changes)
      implements Detail {
    public Alter {
      clauses = Clauses.copy(clauses);
      changes = List.copyOf(changes);
    }
  }

  /**
   * DROP of anything.
   *
   * @param type what is dropped
   * @param objects each of them
   * @param clauses IF_EXISTS, CONCURRENTLY, CASCADE, RESTRICT
   */
  record Drop(ObjectType type, List<ObjectReference> objects, Set<Clause> clauses)
      implements Detail {
    public Drop {
      objects = List.copyOf(objects);
      clauses = Clauses.copy(clauses);
    }
  }

  /** DROP OWNED: everything in this database that the roles own. */
  record DropOwned(List<Name> roles, Set<Clause> clauses) implements Detail {
    public DropOwned {
      roles = List.copyOf(roles);
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * COMMENT or SECURITY LABEL.
   *
   * @param object what it is put on
   * @param value the string; {@code null} when it takes the old one away
   */
  record Annotation(ObjectReference object, @Nullable String value) implements Detail {}

  /**
   * GRANT or REVOKE.
   *
   * @param command which of them
   * @param privileges the privileges, without their columns, or the roles when it is about membership; {@code ALL}
   * @param on what they are for; {@code null} for membership of roles
   * @param objects the objects, or the schemas with ALL_TABLES; empty for membership of roles
   * @param roles who gets or loses them
   * @param clauses GRANT_OPTION, CASCADE, RESTRICT, ALL_TABLES for {@code ALL ... IN SCHEMA}
   */
  record Privileges(
      Command command,
      List<String> privileges,
      @Nullable ObjectType on,
      List<ObjectReference> objects,
      List<Name> roles,
      Set<Clause> clauses)
      implements Detail {

    /** Which way privileges go. */
    public enum Command {
      GRANT,
      REVOKE
    }

    public Privileges {
      privileges = List.copyOf(privileges);
      objects = List.copyOf(objects);
      roles = List.copyOf(roles);
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * A query, or a change of rows.
   *
   * @param changes the tables whose rows it changes: those of its WITH queries first, its own last; none for a query
   * @param into the table that SELECT INTO creates; {@code null} for anything else
   */
  record Rows(List<RowChange> changes, @Nullable ObjectName into) implements Detail {
    public Rows {
      changes = List.copyOf(changes);
    }
  }

  /** TRUNCATE. */
  record Truncate(List<TableTarget> tables, Set<Clause> clauses) implements Detail {
    public Truncate {
      tables = List.copyOf(tables);
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * COPY.
   *
   * @param table the table; {@code null} when a query is copied
   * @param columns its columns, where the script names them
   * @param query the query in its parentheses; {@code null} when a table is copied
   * @param direction into the table or out of it
   * @param end what is at the other end
   */
  record Copy(
      @Nullable ObjectName table,
      List<Name> columns,
      @Nullable Fragment query,
      Direction direction,
      End end)
      implements Detail {

    /** Which way rows go. */
    public enum Direction {
      FROM,
      TO
    }

    /** What is at the other end of a COPY. */
    public enum End {
      /** The client, which sends or gets the rows: {@code STDIN} and {@code STDOUT}, which PostgreSQL takes for the same. */
      CLIENT,
      FILE,
      PROGRAM
    }

    public Copy {
      columns = List.copyOf(columns);
    }
  }

  /**
   * EXPLAIN.
   *
   * @param statement what is explained
   * @param clauses ANALYZE when it is run as well
   */
  record Explain(Structure statement, Set<Clause> clauses) implements Detail {
    public Explain {
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * A command that controls transactions.
   *
   * @param verb which
   * @param savepoint the savepoint, or the identifier of the prepared transaction; {@code null} where there is none
   * @param modes the modes of a transaction that begins; {@code null} where none are written
   * @param clauses AND_CHAIN or AND_NO_CHAIN
   */
  record TransactionControl(
      Verb verb, @Nullable Name savepoint, @Nullable Fragment modes, Set<Clause> clauses)
      implements Detail {

    /** The commands; ABORT is ROLLBACK, END is COMMIT, START TRANSACTION is BEGIN. */
    public enum Verb {
      BEGIN,
      COMMIT,
      ROLLBACK,
      SAVEPOINT,
      RELEASE,
      ROLLBACK_TO,
      PREPARE,
      COMMIT_PREPARED,
      ROLLBACK_PREPARED
    }

    public TransactionControl {
      clauses = Clauses.copy(clauses);
    }
  }

  /** LOCK TABLE. */
  record Lock(List<TableTarget> tables, LockMode mode, Set<Clause> clauses) implements Detail {
    public Lock {
      tables = List.copyOf(tables);
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * SET or RESET of a setting, ALTER SYSTEM too.
   *
   * @param operation what happens to it
   * @param name the setting in lower case; {@code all} for all of them, {@code role}, {@code session authorization},
   * {@code time zone} and their like for what has a syntax of its own
   * @param value what is written behind it; {@code null} for RESET
   * @param clauses LOCAL
   */
  record Setting(Operation operation, String name, @Nullable Fragment value, Set<Clause> clauses)
      implements Detail {

    /** What happens to a setting. */
    public enum Operation {
      SET,
      RESET
    }

    public Setting {
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * DO.
   *
   * @param language the language, {@code plpgsql} when none is written
   * @param body the code as a string literal, quotes included
   */
  record Code(String language, Fragment body) implements Detail {}

  /** CALL of a procedure. */
  record Call(ObjectName procedure) implements Detail {}

  /**
   * VACUUM, ANALYZE, REINDEX, CLUSTER, REFRESH MATERIALIZED VIEW.
   *
   * @param on what kind of thing it works on; TABLE, INDEX, SCHEMA, DATABASE, MATERIALIZED_VIEW; DATABASE too when it names
   *     nothing
   * @param objects what it names; empty for everything
   * @param index the index of CLUSTER ... USING; {@code null} elsewhere
   * @param clauses CONCURRENTLY, FULL, ANALYZE, WITH_DATA, WITH_NO_DATA
   */
  record Maintenance(
      ObjectType on, List<ObjectName> objects, @Nullable Name index, Set<Clause> clauses)
      implements Detail {
    public Maintenance {
      objects = List.copyOf(objects);
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * A command of which nothing but its name matters here: CHECKPOINT, LISTEN, PREPARE, FETCH.
   *
   * @param name what it names, if that follows directly; {@code null} otherwise
   */
  record Plain(@Nullable Name name) implements Detail {}

  /** Words that were not recognised. */
  record Unknown() implements Detail {}
}
