package dev.migrator.internal.sql.structure;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of a table, an index or a view as a whole. */
public sealed interface TableChange extends Change {

  /** ATTACH PARTITION; of an index, {@code bound} is {@code null}. */
  record AttachPartition(ObjectName partition, @Nullable Fragment bound, int offset)
      implements TableChange {}

  /** DETACH PARTITION; {@code clauses}: CONCURRENTLY or FINALIZE. */
  record DetachPartition(ObjectName partition, Set<Clause> clauses, int offset)
      implements TableChange {
    public DetachPartition {
      clauses = Clauses.copy(clauses);
    }
  }

  /** SET LOGGED and SET UNLOGGED: either rewrites the table. */
  record SetPersistence(Persistence persistence, int offset) implements TableChange {}

  /** Whether a table's changes are logged. */
  enum Persistence {
    LOGGED,
    UNLOGGED
  }

  /** SET ACCESS METHOD. */
  record SetAccessMethod(Name method, int offset) implements TableChange {}

  /**
   * ENABLE or DISABLE of a trigger, a rule or row level security.
   *
   * @param what TRIGGER, RULE or POLICY, which stands for row level security
   * @param name of the trigger or rule; {@code all} and {@code user} stand for themselves; {@code null} for row security
   */
  record Toggle(State state, ObjectType what, @Nullable Name name, int offset)
      implements TableChange {

    /** The states. */
    public enum State {
      ENABLE,
      DISABLE,
      ENABLE_REPLICA,
      ENABLE_ALWAYS,
      FORCE,
      NO_FORCE
    }
  }

  /** INHERIT and NO INHERIT, OF and NOT OF. */
  record Inherit(Relation relation, @Nullable ObjectName parent, int offset)
      implements TableChange {

    /** What becomes of the relation to another table or type. */
    public enum Relation {
      INHERIT,
      NO_INHERIT,
      OF,
      NOT_OF
    }
  }

  /** REPLICA IDENTITY. */
  record ReplicaIdentity(Mode mode, @Nullable Name index, int offset) implements TableChange {

    /** What identifies a row to a replica. */
    public enum Mode {
      DEFAULT,
      FULL,
      NOTHING,
      INDEX
    }
  }

  /** CLUSTER ON, SET WITHOUT CLUSTER with {@code index} {@code null}. */
  record ClusterOn(@Nullable Name index, int offset) implements TableChange {}

  /** SET WITHOUT OIDS, which does nothing any more. */
  record SetWithoutOids(int offset) implements TableChange {}
}
