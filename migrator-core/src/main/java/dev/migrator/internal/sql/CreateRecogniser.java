package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import java.util.List;
import java.util.Set;

/** Recognises CREATE. */
final class CreateRecogniser {
  private final Cursor cursor;
  private final Set<Clause> clauses = Clauses.none();

  CreateRecogniser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Reads what stands between CREATE and the name: what is created. */
  ObjectType type() {
    cursor.accept(clauses, Clause.OR_REPLACE, "OR", "REPLACE");
    if (!cursor.accept("GLOBAL")) {
      cursor.accept("LOCAL");
    }
    if (!cursor.accept(clauses, Clause.TEMPORARY, "TEMP")
        && !cursor.accept(clauses, Clause.TEMPORARY, "TEMPORARY")) {
      cursor.accept(clauses, Clause.UNLOGGED, "UNLOGGED");
    }
    cursor.accept(clauses, Clause.RECURSIVE, "RECURSIVE");
    cursor.accept(clauses, Clause.UNIQUE, "UNIQUE");
    cursor.accept(clauses, Clause.CONSTRAINT, "CONSTRAINT");
    if (cursor.is("DEFAULT", "CONVERSION")
        || cursor.is("TRUSTED", "PROCEDURAL")
        || cursor.is("TRUSTED", "LANGUAGE")) {
      cursor.next();
    }
    return ObjectReader.type(cursor);
  }

  Create detail(ObjectType type) {
    return switch (type) {
      case TABLE, FOREIGN_TABLE -> TableReader.read(type, clauses, cursor);
      case INDEX -> IndexReader.read(clauses, cursor);
      case VIEW, MATERIALIZED_VIEW -> view(type);
      case SEQUENCE -> {
        cursor.accept(clauses, Clause.IF_NOT_EXISTS, "IF", "NOT", "EXISTS");
        yield new Create.Sequence(cursor.objectName(), clauses, cursor.restIfAny());
      }
      case TYPE -> userType();
      case DOMAIN -> domain();
      case FUNCTION, PROCEDURE -> RoutineReader.read(type, clauses, cursor);
      case TRIGGER -> trigger();
      case POLICY -> {
        Name name = cursor.name();
        cursor.expect("ON");
        yield new Create.OnTable(type, name, cursor.objectName(), clauses, cursor.restIfAny());
      }
      case RULE -> rule();
      case SCHEMA -> schema();
      case COLUMN, CONSTRAINT, PARAMETER, ROUTINE, LARGE_OBJECT -> throw cursor.unrecognised();
      default -> other(type);
    };
  }

  private Create view(ObjectType type) {
    cursor.accept(clauses, Clause.IF_NOT_EXISTS, "IF", "NOT", "EXISTS");
    ObjectName name = cursor.objectName();
    List<Name> columns = cursor.isSymbol('(') ? cursor.names() : List.of();
    if (cursor.accept("USING")) {
      cursor.name();
    }
    if (cursor.accept("WITH")) {
      cursor.parenthesised();
    }
    if (cursor.accept("TABLESPACE")) {
      cursor.name();
    }
    cursor.expect("AS");
    Fragment query = TableReader.query(cursor, clauses);
    return new Create.View(type, name, clauses, columns, query);
  }

  private Create userType() {
    ObjectName name = cursor.objectName();
    if (cursor.atEnd()) {
      return new Create.Type(name, Create.Type.Form.SHELL, List.of(), List.of(), null);
    }
    if (cursor.accept("AS", "ENUM")) {
      cursor.expectSymbol('(');
      List<String> labels = cursor.isSymbol(')') ? List.of() : cursor.list(cursor::string);
      cursor.expectSymbol(')');
      cursor.expectEnd();
      return new Create.Type(name, Create.Type.Form.ENUM, labels, List.of(), null);
    }
    if (cursor.accept("AS", "RANGE")) {
      Fragment options = cursor.parenthesised();
      cursor.expectEnd();
      return new Create.Type(name, Create.Type.Form.RANGE, List.of(), List.of(), options);
    }
    if (cursor.accept("AS")) {
      cursor.expectSymbol('(');
      List<ColumnDefinition> attributes =
          cursor.isSymbol(')') ? List.of() : cursor.list(() -> ColumnReader.read(cursor));
      cursor.expectSymbol(')');
      cursor.expectEnd();
      return new Create.Type(name, Create.Type.Form.COMPOSITE, List.of(), attributes, null);
    }
    Fragment options = cursor.parenthesised();
    cursor.expectEnd();
    return new Create.Type(name, Create.Type.Form.BASE, List.of(), List.of(), options);
  }

  private Create domain() {
    ObjectName name = cursor.objectName();
    int offset = cursor.peek(-1).start();
    cursor.accept("AS");
    Create domain =
        new Create.Domain(name, ColumnReader.ofDomain(cursor, new Name(name.name(), offset)));
    cursor.expectEnd();
    return domain;
  }

  private Create trigger() {
    Name name = cursor.name();
    String timing = cursor.accept("INSTEAD", "OF") ? "INSTEAD OF" : cursor.word();
    int from = cursor.at();
    cursor.skipTo(Set.of("ON"), false);
    Fragment events = cursor.fragment(from);
    cursor.expect("ON");
    ObjectName table = cursor.objectName();
    ObjectName references = cursor.accept("FROM") ? cursor.objectName() : null;
    cursor.skipTo(Set.of("FOR", "WHEN", "EXECUTE"), false);
    if (cursor.accept("FOR")) {
      cursor.accept("EACH");
      if (!cursor.accept(clauses, Clause.FOR_EACH_ROW, "ROW")) {
        cursor.expect("STATEMENT");
      }
    }
    if (cursor.accept("WHEN")) {
      cursor.parenthesised();
    }
    cursor.expect("EXECUTE");
    if (!cursor.accept("FUNCTION")) {
      cursor.expect("PROCEDURE");
    }
    ObjectName function = cursor.objectName();
    cursor.parenthesised();
    cursor.expectEnd();
    return new Create.Trigger(name, table, clauses, timing, events, references, function);
  }

  private Create rule() {
    Name name = cursor.name();
    cursor.expect("AS", "ON");
    cursor.word();
    cursor.expect("TO");
    ObjectName table = cursor.objectName();
    int from = cursor.at();
    cursor.skipTo(Set.of("DO"), false);
    cursor.expect("DO");
    cursor.accept(clauses, Clause.INSTEAD, "INSTEAD");
    cursor.rest();
    return new Create.OnTable(ObjectType.RULE, name, table, clauses, cursor.fragment(from));
  }

  /** Without a name of its own a schema is called like its owner; the objects within it begin with a verb of their own. */
  private Create schema() {
    cursor.accept(clauses, Clause.IF_NOT_EXISTS, "IF", "NOT", "EXISTS");
    Name name = cursor.is("AUTHORIZATION") ? null : cursor.name();
    Name owner = cursor.accept("AUTHORIZATION") ? cursor.name() : null;
    Name called = name == null ? owner : name;
    if (called == null) {
      throw cursor.unrecognised();
    }
    if (!cursor.atEnd()) {
      if (!cursor.is("CREATE") && !cursor.is("GRANT")) {
        throw cursor.unrecognised();
      }
      clauses.add(Clause.WITH_ELEMENTS);
    }
    ObjectName schema = new ObjectName(null, called.text(), called.offset());
    return new Create.Other(ObjectReference.of(ObjectType.SCHEMA, schema), clauses);
  }

  private Create other(ObjectType type) {
    cursor.accept(clauses, Clause.IF_NOT_EXISTS, "IF", "NOT", "EXISTS");
    ObjectReference object = switch (type) {
      case USER_MAPPING, TRANSFORM, CAST -> ObjectReader.reference(type, cursor);
      case OPERATOR -> ObjectReference.of(type, cursor.operatorName());
      case STATISTICS -> statistics();
      default -> ObjectReference.of(type, cursor.objectName());
    };
    return new Create.Other(object, clauses);
  }

  /** Their name may be left out; then they go by that of their table. */
  private ObjectReference statistics() {
    ObjectName name = cursor.isName() && !cursor.is("ON") ? cursor.objectName() : null;
    cursor.skipTo(Set.of("FROM"), false);
    cursor.expect("FROM");
    ObjectName table = cursor.objectName();
    return new ObjectReference(ObjectType.STATISTICS, name == null ? table : name, null, table);
  }
}
