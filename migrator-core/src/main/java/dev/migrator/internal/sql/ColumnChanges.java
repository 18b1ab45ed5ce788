package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import java.util.Set;

/** Reads the changes of one column of a table, behind ADD, DROP and ALTER (manual page of ALTER TABLE). */
final class ColumnChanges {
  private static final Set<String> IDENTITY_OPTIONS = Set.of(
      "GENERATED",
      "INCREMENT",
      "MINVALUE",
      "MAXVALUE",
      "START",
      "CACHE",
      "CYCLE",
      "NO",
      "SEQUENCE");

  private final Cursor cursor;

  ColumnChanges(Cursor cursor) {
    this.cursor = cursor;
  }

  Change add(int offset) {
    cursor.accept("COLUMN");
    Set<Clause> clauses = Clauses.none();
    cursor.accept(clauses, Clause.IF_NOT_EXISTS, "IF", "NOT", "EXISTS");
    return new ColumnChange.Add(ColumnReader.read(cursor), clauses, offset);
  }

  Change drop(int offset) {
    cursor.accept("COLUMN");
    Set<Clause> clauses = Clauses.none();
    cursor.accept(clauses, Clause.IF_EXISTS, "IF", "EXISTS");
    Name name = cursor.name();
    cursor.behaviour(clauses);
    return new ColumnChange.Drop(name, clauses, offset);
  }

  Change alter(int offset) {
    cursor.accept("COLUMN");
    // An index has its columns by number.
    boolean numbered = cursor.peek(0).type() == Token.Type.NUMBER;
    Name column = numbered ? number() : cursor.name();
    if (cursor.is("TYPE") || cursor.is("SET", "DATA", "TYPE")) {
      return type(column, offset);
    }
    return switch (cursor.word()) {
      case "SET" -> set(column, offset);
      case "DROP" -> dropFrom(column, offset);
      case "ADD" -> addIdentity(column, offset);
      case "RESET", "OPTIONS" ->
        tune(column, ColumnChange.Tune.Aspect.PARAMETERS, cursor.parenthesised(), offset);
      case "RESTART" -> {
        cursor.back(cursor.at() - 1);
        yield new ColumnChange.AlterIdentity(column, cursor.until(), offset);
      }
      default -> throw cursor.unrecognised();
    };
  }

  private Name number() {
    Token token = cursor.next();
    return new Name(token.text(), token.start());
  }

  /** {@code TYPE t [COLLATE c] [USING e]}; an attribute of a type may say CASCADE in the end. */
  private Change type(Name column, int offset) {
    cursor.accept("SET", "DATA");
    cursor.expect("TYPE");
    TypeName type = TypeReader.read(cursor);
    ObjectName collation = cursor.accept("COLLATE") ? cursor.objectName() : null;
    Fragment using = cursor.accept("USING") ? cursor.until() : null;
    Set<Clause> clauses = Clauses.none();
    cursor.behaviour(clauses);
    return new ColumnChange.SetType(column, type, collation, using, clauses, offset);
  }

  private Change set(Name column, int offset) {
    if (cursor.accept("DEFAULT")) {
      return new ColumnChange.SetDefault(column, cursor.until(), offset);
    }
    if (cursor.accept("NOT", "NULL")) {
      return new ColumnChange.SetNotNull(column, offset);
    }
    if (cursor.accept("EXPRESSION", "AS")) {
      return new ColumnChange.SetExpression(column, cursor.parenthesised(), offset);
    }
    if (cursor.accept("STATISTICS")) {
      return tune(column, ColumnChange.Tune.Aspect.STATISTICS, cursor.until(), offset);
    }
    if (cursor.accept("STORAGE")) {
      return tune(column, ColumnChange.Tune.Aspect.STORAGE, cursor.one(), offset);
    }
    if (cursor.accept("COMPRESSION")) {
      return tune(column, ColumnChange.Tune.Aspect.COMPRESSION, cursor.one(), offset);
    }
    if (cursor.isSymbol('(')) {
      return tune(column, ColumnChange.Tune.Aspect.PARAMETERS, cursor.parenthesised(), offset);
    }
    if (!cursor.isAny(IDENTITY_OPTIONS)) {
      throw cursor.unrecognised();
    }
    return new ColumnChange.AlterIdentity(column, cursor.until(), offset);
  }

  private static Change tune(
      Name column, ColumnChange.Tune.Aspect aspect, Fragment value, int offset) {
    return new ColumnChange.Tune(column, aspect, value, offset);
  }

  private Change dropFrom(Name column, int offset) {
    if (cursor.accept("DEFAULT")) {
      return new ColumnChange.DropDefault(column, offset);
    }
    if (cursor.accept("NOT", "NULL")) {
      return new ColumnChange.DropNotNull(column, offset);
    }
    Set<Clause> clauses = Clauses.none();
    if (cursor.accept("EXPRESSION")) {
      cursor.accept(clauses, Clause.IF_EXISTS, "IF", "EXISTS");
      return new ColumnChange.DropExpression(column, clauses, offset);
    }
    cursor.expect("IDENTITY");
    cursor.accept(clauses, Clause.IF_EXISTS, "IF", "EXISTS");
    return new ColumnChange.DropIdentity(column, clauses, offset);
  }

  private Change addIdentity(Name column, int offset) {
    Set<Clause> clauses = Clauses.none();
    cursor.expect("GENERATED");
    if (!cursor.accept(clauses, Clause.ALWAYS, "ALWAYS")) {
      cursor.expect("BY", "DEFAULT");
      clauses.add(Clause.BY_DEFAULT);
    }
    cursor.expect("AS", "IDENTITY");
    if (cursor.isSymbol('(')) {
      cursor.parenthesised();
    }
    return new ColumnChange.AddIdentity(column, clauses, offset);
  }
}
