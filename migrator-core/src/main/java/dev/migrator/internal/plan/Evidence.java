package dev.migrator.internal.plan;

import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.internal.sql.structure.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether a statement that runs in no transaction of ours has happened, when it was begun and nobody saw its
 * end.
 */
public sealed interface Evidence {

  /**
   * An index: CREATE INDEX CONCURRENTLY.
   *
   * @param index its name; {@code null} when PostgreSQL makes one up
   * @param table its table
   * @param unique whether it is unique
   * @param columns its columns, {@code null} in place of an expression
   */
  record IndexBuilt(
      @Nullable String index, ObjectName table, boolean unique, List<@Nullable String> columns)
      implements Evidence {}

  /** An index that is gone: DROP INDEX CONCURRENTLY. */
  record IndexGone(ObjectName index) implements Evidence {}

  /**
   * REINDEX CONCURRENTLY, which may be repeated, but leaves INVALID indexes behind when it is cut.
   *
   * @param on INDEX, TABLE, SCHEMA or DATABASE
   * @param object the index or table; {@code null} for more than that
   */
  record IndexesRebuilt(ObjectType on, @Nullable ObjectName object) implements Evidence {}

  /** A table that is no partition any more: DETACH PARTITION CONCURRENTLY. */
  record PartitionDetached(ObjectName parent, ObjectName partition) implements Evidence {}

  /**
   * A database, tablespace or subscription that is there or gone.
   *
   * @param created whether the statement creates it; else it drops it
   */
  record Presence(ObjectType type, String name, boolean created) implements Evidence {}

  /** None is needed: run twice it does what it does once. */
  record Repeatable() implements Evidence {}

  /** There is none. */
  record None() implements Evidence {}

  /** What tells of this statement. */
  static Evidence of(Structure statement) {
    Detail detail = statement.detail();
    if (detail instanceof Create.Index index && index.clauses().contains(Clause.CONCURRENTLY)) {
      return built(index);
    }
    if (detail instanceof Detail.Drop drop && drop.objects().size() == 1) {
      return dropped(drop, drop.objects().get(0).name());
    }
    if (detail instanceof Create.Other other && isPlaceless(other.object().type())) {
      return new Presence(other.object().type(), other.object().name().name(), true);
    }
    if (detail instanceof Detail.Maintenance maintenance) {
      return maintained(statement, maintenance);
    }
    if (detail instanceof Detail.Alter alter) {
      return altered(alter.object(), alter.changes());
    }
    return Set.of("ALTER SYSTEM", "CHECKPOINT", "DISCARD").contains(statement.command())
        ? new Repeatable()
        : new None();
  }

  private static Evidence built(Create.Index index) {
    List<@Nullable String> columns = new ArrayList<>();
    index
        .elements()
        .forEach(e -> columns.add(e.column() == null ? null : e.column().text()));
    return new IndexBuilt(
        index.name() == null ? null : index.name().text(),
        index.table(),
        index.clauses().contains(Clause.UNIQUE),
        columns);
  }

  private static Evidence dropped(Detail.Drop drop, ObjectName name) {
    if (drop.type() == ObjectType.INDEX && drop.clauses().contains(Clause.CONCURRENTLY)) {
      return new IndexGone(name);
    }
    return isPlaceless(drop.type()) ? new Presence(drop.type(), name.name(), false) : new None();
  }

  private static Evidence maintained(Structure statement, Detail.Maintenance maintenance) {
    if (!statement.command().equals("REINDEX")
        || !maintenance.clauses().contains(Clause.CONCURRENTLY)) {
      return new Repeatable();
    }
    boolean one = maintenance.on() == ObjectType.INDEX || maintenance.on() == ObjectType.TABLE;
    return new IndexesRebuilt(maintenance.on(), one ? maintenance.objects().get(0) : null);
  }

  private static Evidence altered(ObjectReference object, List<Change> changes) {
    if (changes.size() == 1
        && changes.get(0) instanceof TableChange.DetachPartition detach
        && detach.clauses().contains(Clause.CONCURRENTLY)) {
      return new PartitionDetached(object.name(), detach.partition());
    }
    return object.type() == ObjectType.DATABASE ? new Repeatable() : new None();
  }

  private static boolean isPlaceless(ObjectType type) {
    return type == ObjectType.DATABASE
        || type == ObjectType.TABLESPACE
        || type == ObjectType.SUBSCRIPTION;
  }
}
