package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.RowChange;
import dev.migrator.internal.sql.structure.TableTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises queries and changes of rows: SELECT, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE, each with a WITH perhaps. */
final class RowsRecogniser {
  /** More WITH within WITH than anybody writes; the stack must bear them. */
  private static final int DEEPEST = 50;

  private final Cursor cursor;
  private final boolean complete;
  private final List<RowChange> changes = new ArrayList<>();

  private int depth;
  private String command = "";
  private @Nullable ObjectName into;

  private RowsRecogniser(Cursor cursor, boolean complete) {
    this.cursor = cursor;
    this.complete = complete;
  }

  /** Whether the word begins such a statement. */
  static boolean begins(String verb) {
    return switch (verb) {
      case "SELECT", "VALUES", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH" -> true;
      default -> false;
    };
  }

  static Draft read(Cursor cursor, boolean complete) {
    return new RowsRecogniser(cursor, complete).read();
  }

  private Draft read() {
    statement(true);
    cursor.expectEnd();
    Family family = into != null ? Family.DDL : changes.isEmpty() ? Family.QUERY : Family.DML;
    return new Draft(family, command, new Detail.Rows(changes, into));
  }

  /** Reads one to its end, or to the parenthesis that closes around it. */
  private void statement(boolean outermost) {
    if (cursor.accept("WITH")) {
      withQueries();
    }
    String verb = cursor.isSymbol('(') ? "SELECT" : cursor.peek(0).text();
    switch (verb) {
      case "SELECT" -> select(outermost);
      case "VALUES" -> cursor.word();
      case "TABLE" -> {
        cursor.word();
        cursor.target();
        verb = "SELECT";
      }
      case "INSERT" -> insert();
      case "UPDATE" -> {
        cursor.word();
        withWhere(RowChange.Verb.UPDATE);
      }
      case "DELETE" -> {
        cursor.word();
        cursor.expect("FROM");
        withWhere(RowChange.Verb.DELETE);
      }
      case "MERGE" -> {
        cursor.word();
        cursor.expect("INTO");
        change(RowChange.Verb.MERGE, cursor.target(), RowChange.Where.NOT_APPLICABLE);
      }
      default -> throw cursor.unrecognised();
    }
    cursor.skipTo(Set.of(), false);
    if (outermost) {
      command = into == null ? verb : "SELECT INTO";
    }
  }

  private void withQueries() {
    depth++;
    if (depth > DEEPEST) {
      throw cursor.unrecognised();
    }
    cursor.accept("RECURSIVE");
    cursor.list(() -> {
      Name name = cursor.name();
      if (cursor.isSymbol('(')) {
        cursor.names();
      }
      cursor.expect("AS");
      cursor.accept("NOT");
      cursor.accept("MATERIALIZED");
      cursor.expectSymbol('(');
      statement(false);
      cursor.expectSymbol(')');
      searchAndCycle();
      return name;
    });
    depth--;
  }

  /** What may stand behind a recursive query names columns with commas between. */
  private void searchAndCycle() {
    if (cursor.accept("SEARCH")) {
      cursor.word();
      cursor.expect("FIRST", "BY");
      cursor.list(cursor::name);
      cursor.expect("SET");
      cursor.name();
    }
    if (cursor.accept("CYCLE")) {
      cursor.list(cursor::name);
      cursor.expect("SET");
      cursor.name();
      if (cursor.accept("TO")) {
        cursor.until("DEFAULT");
        cursor.expect("DEFAULT");
        cursor.until("USING");
      }
      cursor.expect("USING");
      cursor.name();
    }
  }

  private void select(boolean outermost) {
    cursor.skipTo(Set.of("INTO"), false);
    if (outermost && cursor.accept("INTO")) {
      if (!cursor.accept("LOCAL")) {
        cursor.accept("GLOBAL");
      }
      if (!cursor.accept("TEMPORARY") && !cursor.accept("TEMP")) {
        cursor.accept("UNLOGGED");
      }
      cursor.accept("TABLE");
      into = cursor.objectName();
    }
  }

  private void insert() {
    cursor.word();
    cursor.expect("INTO");
    TableTarget table = new TableTarget(cursor.objectName(), TableTarget.Scope.WITH_DESCENDANTS);
    change(RowChange.Verb.INSERT, table, RowChange.Where.NOT_APPLICABLE);
  }

  private void withWhere(RowChange.Verb verb) {
    TableTarget table = cursor.target();
    if (verb == RowChange.Verb.UPDATE) {
      cursor.skipTo(Set.of("SET"), false);
      cursor.expect("SET");
    }
    cursor.skipTo(Set.of("WHERE"), false);
    RowChange.Where where = cursor.is("WHERE")
        ? RowChange.Where.PRESENT
        : cursor.atEnd() && !complete ? RowChange.Where.NOT_SEEN : RowChange.Where.ABSENT;
    change(verb, table, where);
  }

  private void change(RowChange.Verb verb, TableTarget table, RowChange.Where where) {
    changes.add(new RowChange(verb, table, where));
  }
}
