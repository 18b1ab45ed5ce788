package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableChange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the changes of an ALTER TABLE, and of its like for indexes and views (manual page of ALTER TABLE). */
final class TableChanges {
  private final Cursor cursor;
  private final ColumnChanges columns;

  TableChanges(Cursor cursor) {
    this.cursor = cursor;
    this.columns = new ColumnChanges(cursor);
  }

  /** All of them; one that is not recognised does not hide its neighbours. */
  List<Change> read() {
    return cursor.list(() -> {
      int from = cursor.at();
      try {
        Change change = change();
        if (cursor.atEnd() || cursor.isSymbol(',')) {
          return change;
        }
      } catch (Unrecognised e) {
        // Told below, with its words.
      }
      cursor.back(from);
      return unknown(cursor);
    });
  }

  /** Everything up to a comma outside parentheses. */
  static Change unknown(Cursor cursor) {
    int from = cursor.at();
    int offset = cursor.offset();
    cursor.skipTo(Set.of(), true);
    while (!cursor.atEnd() && !cursor.isSymbol(',')) {
      // A parenthesis that closes nothing.
      cursor.next();
      cursor.skipTo(Set.of(), true);
    }
    return new Change.Unknown(cursor.at() == from ? null : cursor.fragment(from), offset);
  }

  private Change change() {
    int offset = cursor.offset();
    Change common = CommonChanges.read(cursor);
    return common != null ? common : byVerb(offset);
  }

  private Change byVerb(int offset) {
    return switch (cursor.word()) {
      case "ADD" ->
        ConstraintReader.tableConstraintBegins(cursor)
            ? new Change.AddConstraint(ConstraintReader.ofTable(cursor), offset)
            : columns.add(offset);
      case "DROP" ->
        cursor.accept("CONSTRAINT") ? dropConstraint(cursor, offset) : columns.drop(offset);
      case "ALTER" ->
        cursor.accept("CONSTRAINT")
            ? new Change.AlterConstraint(cursor.name(), alteredAttributes(), offset)
            : columns.alter(offset);
      case "VALIDATE" -> {
        cursor.expect("CONSTRAINT");
        yield new Change.ValidateConstraint(cursor.name(), offset);
      }
      case "RENAME" -> rename(offset);
      case "SET" -> set(offset);
      case "ENABLE", "DISABLE", "FORCE" -> toggle(offset);
      case "NO" -> no(offset);
      case "INHERIT" -> inherit(TableChange.Inherit.Relation.INHERIT, offset);
      case "OF" -> inherit(TableChange.Inherit.Relation.OF, offset);
      case "NOT" -> {
        cursor.expect("OF");
        yield new TableChange.Inherit(TableChange.Inherit.Relation.NOT_OF, null, offset);
      }
      case "REPLICA" -> replicaIdentity(offset);
      case "CLUSTER" -> {
        cursor.expect("ON");
        yield new TableChange.ClusterOn(cursor.name(), offset);
      }
      case "ATTACH" -> {
        cursor.expect("PARTITION");
        ObjectName partition = cursor.objectName();
        yield new TableChange.AttachPartition(
            partition, cursor.atEnd() ? null : TableReader.bound(cursor), offset);
      }
      case "DETACH" -> detach(offset);
      case "DEPENDS" -> dependsOnExtension(offset);
      default -> throw cursor.unrecognised();
    };
  }

  static Change dropConstraint(Cursor cursor, int offset) {
    Set<Clause> clauses = Clauses.none();
    cursor.accept(clauses, Clause.IF_EXISTS, "IF", "EXISTS");
    Name name = cursor.name();
    cursor.behaviour(clauses);
    return new Change.DropConstraint(name, clauses, offset);
  }

  private Set<Clause> alteredAttributes() {
    Set<Clause> clauses = ConstraintReader.attributes(cursor);
    cursor.accept(clauses, Clause.INHERIT, "INHERIT");
    return clauses;
  }

  private Change rename(int offset) {
    if (cursor.accept("CONSTRAINT")) {
      Name from = cursor.name();
      cursor.expect("TO");
      return new Change.RenameConstraint(from, cursor.name(), offset);
    }
    cursor.accept("COLUMN");
    Name from = cursor.name();
    cursor.expect("TO");
    return new ColumnChange.RenameTo(from, cursor.name(), offset);
  }

  private Change set(int offset) {
    if (cursor.accept("LOGGED")) {
      return new TableChange.SetPersistence(TableChange.Persistence.LOGGED, offset);
    }
    if (cursor.accept("UNLOGGED")) {
      return new TableChange.SetPersistence(TableChange.Persistence.UNLOGGED, offset);
    }
    if (cursor.accept("ACCESS", "METHOD")) {
      return new TableChange.SetAccessMethod(cursor.name(), offset);
    }
    cursor.expect("WITHOUT");
    if (cursor.accept("OIDS")) {
      return new TableChange.SetWithoutOids(offset);
    }
    cursor.expect("CLUSTER");
    return new TableChange.ClusterOn(null, offset);
  }

  private Change toggle(int offset) {
    TableChange.Toggle.State state = switch (cursor.peek(-1).text()) {
      case "ENABLE" ->
        cursor.accept("REPLICA")
            ? TableChange.Toggle.State.ENABLE_REPLICA
            : cursor.accept("ALWAYS")
                ? TableChange.Toggle.State.ENABLE_ALWAYS
                : TableChange.Toggle.State.ENABLE;
      case "DISABLE" -> TableChange.Toggle.State.DISABLE;
      default -> TableChange.Toggle.State.FORCE;
    };
    if (cursor.accept("ROW", "LEVEL", "SECURITY")) {
      return new TableChange.Toggle(state, ObjectType.POLICY, null, offset);
    }
    if (state == TableChange.Toggle.State.FORCE) {
      throw cursor.unrecognised();
    }
    ObjectType what = cursor.accept("RULE") ? ObjectType.RULE : trigger();
    return new TableChange.Toggle(state, what, cursor.name(), offset);
  }

  private ObjectType trigger() {
    cursor.expect("TRIGGER");
    return ObjectType.TRIGGER;
  }

  private Change no(int offset) {
    if (cursor.accept("FORCE", "ROW", "LEVEL", "SECURITY")) {
      return new TableChange.Toggle(
          TableChange.Toggle.State.NO_FORCE, ObjectType.POLICY, null, offset);
    }
    if (cursor.accept("DEPENDS")) {
      return dependsOnExtension(offset);
    }
    cursor.expect("INHERIT");
    return inherit(TableChange.Inherit.Relation.NO_INHERIT, offset);
  }

  private Change inherit(TableChange.Inherit.Relation relation, int offset) {
    return new TableChange.Inherit(relation, cursor.objectName(), offset);
  }

  private Change replicaIdentity(int offset) {
    cursor.expect("IDENTITY");
    if (cursor.accept("USING", "INDEX")) {
      return new TableChange.ReplicaIdentity(
          TableChange.ReplicaIdentity.Mode.INDEX, cursor.name(), offset);
    }
    TableChange.ReplicaIdentity.Mode mode = switch (cursor.word()) {
      case "DEFAULT" -> TableChange.ReplicaIdentity.Mode.DEFAULT;
      case "FULL" -> TableChange.ReplicaIdentity.Mode.FULL;
      case "NOTHING" -> TableChange.ReplicaIdentity.Mode.NOTHING;
      default -> throw cursor.unrecognised();
    };
    return new TableChange.ReplicaIdentity(mode, null, offset);
  }

  private Change detach(int offset) {
    cursor.expect("PARTITION");
    ObjectName partition = cursor.objectName();
    Set<Clause> clauses = Clauses.none();
    if (!cursor.accept(clauses, Clause.CONCURRENTLY, "CONCURRENTLY")) {
      cursor.accept(clauses, Clause.FINALIZE, "FINALIZE");
    }
    return new TableChange.DetachPartition(partition, clauses, offset);
  }

  private Change dependsOnExtension(int offset) {
    int from = cursor.at() - 1;
    cursor.expect("ON", "EXTENSION");
    cursor.name();
    @Nullable Fragment text = cursor.fragment(from);
    return new Change.Other(text, offset);
  }
}
