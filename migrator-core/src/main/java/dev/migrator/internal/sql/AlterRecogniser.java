package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableTarget;
import java.util.List;
import java.util.Set;

/** Recognises ALTER of everything: what it names here, the changes in the readers of each kind. */
final class AlterRecogniser {

  /** The words that begin a change whose own parts are not told apart. */
  private static final Set<String> OTHER_CHANGES = Set.of(
      // Anything
      "ADD",
      "DROP",
      "SET",
      "RESET",
      "WITH",
      "OPTIONS",
      "DEPENDS",
      "NO",
      "ALTER",
      // Extensions, publications, subscriptions, event triggers, servers
      "UPDATE",
      "REFRESH",
      "ENABLE",
      "DISABLE",
      "SKIP",
      "CONNECTION",
      "VERSION",
      "HANDLER",
      "VALIDATOR",
      "TO",
      "USING",
      // Routines
      "CALLED",
      "RETURNS",
      "STRICT",
      "IMMUTABLE",
      "STABLE",
      "VOLATILE",
      "NOT",
      "LEAKPROOF",
      "EXTERNAL",
      "SECURITY",
      "PARALLEL",
      "COST",
      "ROWS",
      "SUPPORT",
      // Roles
      "IN",
      "SUPERUSER",
      "NOSUPERUSER",
      "CREATEDB",
      "NOCREATEDB",
      "CREATEROLE",
      "NOCREATEROLE",
      "INHERIT",
      "NOINHERIT",
      "LOGIN",
      "NOLOGIN",
      "REPLICATION",
      "NOREPLICATION",
      "BYPASSRLS",
      "NOBYPASSRLS",
      "ENCRYPTED",
      "PASSWORD",
      "VALID",
      // Databases and sequences
      "ALLOW_CONNECTIONS",
      "IS_TEMPLATE",
      "AS",
      "INCREMENT",
      "MINVALUE",
      "MAXVALUE",
      "START",
      "RESTART",
      "CACHE",
      "CYCLE",
      "OWNED");

  private final Cursor cursor;
  private final ObjectType type;
  private final Set<Clause> clauses = Clauses.none();

  private AlterRecogniser(ObjectType type, Cursor cursor) {
    this.type = type;
    this.cursor = cursor;
  }

  /** Reads what follows {@code ALTER type}. */
  static Detail.Alter read(ObjectType type, Cursor cursor) {
    return new AlterRecogniser(type, cursor).read();
  }

  private Detail.Alter read() {
    if (cursor.is("ALL", "IN", "TABLESPACE")) {
      return allInTablespace();
    }
    cursor.accept(clauses, Clause.IF_EXISTS, "IF", "EXISTS");
    ObjectReference object = object();
    List<Change> changes = switch (type) {
      case TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW -> new TableChanges(cursor).read();
      case TYPE -> new TypeChanges(cursor).ofType();
      case DOMAIN -> List.of(new TypeChanges(cursor).ofDomain());
      default -> List.of(change());
    };
    return new Detail.Alter(object, clauses, changes);
  }

  /** {@code ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b} names no table; its object is the tablespace. */
  private Detail.Alter allInTablespace() {
    cursor.expect("ALL", "IN", "TABLESPACE");
    ObjectReference tablespace = ObjectReference.of(ObjectType.TABLESPACE, cursor.objectName());
    if (cursor.accept("OWNED", "BY")) {
      cursor.list(cursor::name);
    }
    int offset = cursor.offset();
    cursor.expect("SET", "TABLESPACE");
    Name to = cursor.name();
    Set<Clause> nowait = Clauses.none();
    cursor.accept(nowait, Clause.NOWAIT, "NOWAIT");
    cursor.expectEnd();
    return new Detail.Alter(
        tablespace, clauses, List.of(new Change.SetTablespace(to, nowait, offset)));
  }

  private ObjectReference object() {
    return switch (type) {
      case TABLE, FOREIGN_TABLE -> {
        TableTarget target = cursor.target();
        if (target.scope() == TableTarget.Scope.ITSELF) {
          clauses.add(Clause.ONLY);
        }
        yield ObjectReference.of(type, target.name());
      }
      default -> ObjectReader.reference(type, cursor);
    };
  }

  private Change change() {
    int offset = cursor.offset();
    Change change = CommonChanges.read(cursor);
    if (change != null) {
      cursor.expectEnd();
      return change;
    }
    boolean bareOptions = type == ObjectType.TEXT_SEARCH_DICTIONARY && cursor.isSymbol('(');
    if (!bareOptions && !cursor.isAny(OTHER_CHANGES)) {
      throw cursor.unrecognised();
    }
    return new Change.Other(CommonChanges.withoutStrings(cursor), offset);
  }
}
