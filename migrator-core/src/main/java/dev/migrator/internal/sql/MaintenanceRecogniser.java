package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableTarget;
import dev.migrator.report.LockMode;
import java.util.List;
import java.util.Set;

/** Recognises TRUNCATE, LOCK, COPY, VACUUM, ANALYZE, REINDEX, CLUSTER and REFRESH behind their verbs. */
final class MaintenanceRecogniser {
  private MaintenanceRecogniser() {}

  static Detail truncate(Cursor cursor) {
    cursor.accept("TABLE");
    List<TableTarget> tables = cursor.list(cursor::target);
    Set<Clause> clauses = Clauses.none();
    if (!cursor.accept(clauses, Clause.RESTART_IDENTITY, "RESTART", "IDENTITY")) {
      cursor.accept("CONTINUE", "IDENTITY");
    }
    cursor.behaviour(clauses);
    cursor.expectEnd();
    return new Detail.Truncate(tables, clauses);
  }

  static Detail lock(Cursor cursor) {
    cursor.accept("TABLE");
    List<TableTarget> tables = cursor.list(cursor::target);
    LockMode mode = LockMode.ACCESS_EXCLUSIVE;
    if (cursor.accept("IN")) {
      mode = mode(cursor);
      cursor.expect("MODE");
    }
    Set<Clause> clauses = Clauses.none();
    cursor.accept(clauses, Clause.NOWAIT, "NOWAIT");
    cursor.expectEnd();
    return new Detail.Lock(tables, mode, clauses);
  }

  private static LockMode mode(Cursor cursor) {
    for (LockMode mode : LockMode.values()) {
      String[] words = mode.name().split("_", -1);
      if (cursor.is(words) && cursor.peek(words.length).isWord("MODE")) {
        cursor.expect(words);
        return mode;
      }
    }
    throw cursor.unrecognised();
  }

  static Detail copy(CopyEnd ends, Cursor cursor) {
    cursor.accept("BINARY");
    if (cursor.isSymbol('(')) {
      Fragment query = cursor.parenthesised();
      return new Detail.Copy(null, List.of(), query, ends.direction(), ends.end());
    }
    ObjectName table = cursor.objectName();
    List<Name> columns = cursor.isSymbol('(') ? cursor.names() : List.of();
    return new Detail.Copy(table, columns, null, ends.direction(), ends.end());
  }

  static Detail vacuum(Cursor cursor) {
    Set<Clause> clauses = Clauses.none();
    options(clauses, cursor);
    cursor.accept(clauses, Clause.FULL, "FULL");
    cursor.accept("FREEZE");
    cursor.accept("VERBOSE");
    if (!cursor.accept(clauses, Clause.ANALYZE, "ANALYZE")) {
      cursor.accept(clauses, Clause.ANALYZE, "ANALYSE");
    }
    return tables(clauses, cursor);
  }

  static Detail analyze(Cursor cursor) {
    Set<Clause> clauses = Clauses.none();
    options(clauses, cursor);
    cursor.accept("VERBOSE");
    return tables(clauses, cursor);
  }

  private static Detail tables(Set<Clause> clauses, Cursor cursor) {
    if (cursor.atEnd()) {
      return new Detail.Maintenance(ObjectType.DATABASE, List.of(), null, clauses);
    }
    List<ObjectName> tables = cursor.list(() -> {
      ObjectName name = cursor.target().name();
      if (cursor.isSymbol('(')) {
        cursor.names();
      }
      return name;
    });
    cursor.expectEnd();
    return new Detail.Maintenance(ObjectType.TABLE, tables, null, clauses);
  }

  static Detail reindex(Cursor cursor) {
    Set<Clause> clauses = Clauses.none();
    options(clauses, cursor);
    ObjectType on = switch (cursor.word()) {
      case "INDEX" -> ObjectType.INDEX;
      case "TABLE" -> ObjectType.TABLE;
      case "SCHEMA" -> ObjectType.SCHEMA;
      case "DATABASE", "SYSTEM" -> ObjectType.DATABASE;
      default -> throw cursor.unrecognised();
    };
    cursor.accept(clauses, Clause.CONCURRENTLY, "CONCURRENTLY");
    // Since version 16 the database need not be named.
    List<ObjectName> objects =
        on == ObjectType.DATABASE && cursor.atEnd() ? List.of() : List.of(cursor.objectName());
    cursor.expectEnd();
    return new Detail.Maintenance(on, objects, null, clauses);
  }

  static Detail cluster(Cursor cursor) {
    Set<Clause> clauses = Clauses.none();
    options(clauses, cursor);
    cursor.accept("VERBOSE");
    if (cursor.atEnd()) {
      return new Detail.Maintenance(ObjectType.DATABASE, List.of(), null, clauses);
    }
    ObjectName table = cursor.objectName();
    Name index = null;
    if (cursor.accept("USING")) {
      index = cursor.name();
    } else if (cursor.accept("ON")) {
      index = new Name(table.name(), table.offset());
      table = cursor.objectName();
    }
    cursor.expectEnd();
    return new Detail.Maintenance(ObjectType.TABLE, List.of(table), index, clauses);
  }

  static Detail refresh(Cursor cursor) {
    Set<Clause> clauses = Clauses.none();
    cursor.accept(clauses, Clause.CONCURRENTLY, "CONCURRENTLY");
    ObjectName view = cursor.objectName();
    if (!cursor.accept(clauses, Clause.WITH_NO_DATA, "WITH", "NO", "DATA")) {
      cursor.accept(clauses, Clause.WITH_DATA, "WITH", "DATA");
    }
    cursor.expectEnd();
    return new Detail.Maintenance(ObjectType.MATERIALIZED_VIEW, List.of(view), null, clauses);
  }

  /** The options in parentheses; one without a value is on. */
  private static void options(Set<Clause> clauses, Cursor cursor) {
    if (!cursor.acceptSymbol('(')) {
      return;
    }
    cursor.list(() -> {
      String option = cursor.word();
      boolean on = !TransactionRules.isOff(cursor.peek(0));
      switch (option) {
        case "FULL" -> set(clauses, Clause.FULL, on);
        case "ANALYZE", "ANALYSE" -> set(clauses, Clause.ANALYZE, on);
        case "CONCURRENTLY" -> set(clauses, Clause.CONCURRENTLY, on);
        default -> {
          // Does not change what is locked.
        }
      }
      cursor.skipTo(Set.of(), true);
      return option;
    });
    cursor.expectSymbol(')');
  }

  private static void set(Set<Clause> clauses, Clause clause, boolean on) {
    if (on) {
      clauses.add(clause);
    }
  }
}
