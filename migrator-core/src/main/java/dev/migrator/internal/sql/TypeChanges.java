package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.TypeChange;
import java.util.List;
import java.util.Set;

/** Reads the changes of ALTER TYPE and ALTER DOMAIN (manual pages of both). */
final class TypeChanges {
  private final Cursor cursor;

  TypeChanges(Cursor cursor) {
    this.cursor = cursor;
  }

  List<Change> ofType() {
    int offset = cursor.offset();
    Change common = CommonChanges.read(cursor);
    if (common != null) {
      cursor.expectEnd();
      return List.of(common);
    }
    if (cursor.accept("ADD", "VALUE")) {
      return List.of(addValue(offset));
    }
    if (cursor.accept("RENAME", "VALUE")) {
      String from = cursor.string();
      cursor.expect("TO");
      Change change = new TypeChange.RenameValue(from, cursor.string(), offset);
      cursor.expectEnd();
      return List.of(change);
    }
    if (cursor.accept("RENAME", "ATTRIBUTE")) {
      Name from = cursor.name();
      cursor.expect("TO");
      Change change = new ColumnChange.RenameTo(from, cursor.name(), offset);
      cursor.behaviour(Clauses.none());
      cursor.expectEnd();
      return List.of(change);
    }
    List<Change> changes = cursor.list(this::attribute);
    cursor.expectEnd();
    return changes;
  }

  private Change addValue(int offset) {
    Set<Clause> clauses = Clauses.none();
    cursor.accept(clauses, Clause.IF_NOT_EXISTS, "IF", "NOT", "EXISTS");
    String value = cursor.string();
    String before = cursor.accept("BEFORE") ? cursor.string() : null;
    String after = cursor.accept("AFTER") ? cursor.string() : null;
    cursor.expectEnd();
    return new TypeChange.AddValue(value, before, after, clauses, offset);
  }

  private Change attribute() {
    int offset = cursor.offset();
    ColumnChanges columns = new ColumnChanges(cursor);
    String verb = cursor.word();
    cursor.expect("ATTRIBUTE");
    Change change = switch (verb) {
      case "ADD" -> columns.add(offset);
      case "DROP" -> columns.drop(offset);
      case "ALTER" -> columns.alter(offset);
      default -> throw cursor.unrecognised();
    };
    cursor.behaviour(Clauses.none());
    return change;
  }

  Change ofDomain() {
    int offset = cursor.offset();
    Change common = CommonChanges.read(cursor);
    Change change = common == null ? domainChange(offset) : common;
    cursor.expectEnd();
    return change;
  }

  private Change domainChange(int offset) {
    if (cursor.accept("SET", "DEFAULT")) {
      return new TypeChange.SetDefault(cursor.rest(), offset);
    }
    if (cursor.accept("DROP", "DEFAULT")) {
      return new TypeChange.DropDefault(offset);
    }
    if (cursor.accept("SET", "NOT", "NULL")) {
      return new TypeChange.SetNotNull(offset);
    }
    if (cursor.accept("DROP", "NOT", "NULL")) {
      return new TypeChange.DropNotNull(offset);
    }
    if (cursor.accept("DROP", "CONSTRAINT")) {
      return TableChanges.dropConstraint(cursor, offset);
    }
    if (cursor.accept("VALIDATE", "CONSTRAINT")) {
      return new Change.ValidateConstraint(cursor.name(), offset);
    }
    if (cursor.accept("RENAME", "CONSTRAINT")) {
      Name from = cursor.name();
      cursor.expect("TO");
      return new Change.RenameConstraint(from, cursor.name(), offset);
    }
    cursor.expect("ADD");
    int constraint = cursor.offset();
    Name name = cursor.accept("CONSTRAINT") ? cursor.name() : null;
    return new Change.AddConstraint(ConstraintReader.ofColumn(cursor, name, constraint), offset);
  }
}
