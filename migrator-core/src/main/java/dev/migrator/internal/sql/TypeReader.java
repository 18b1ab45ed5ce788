package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a data type's name (PostgreSQL manual, chapter 8), the names of several words among them. */
final class TypeReader {
  private static final Set<String> CHARACTER = Set.of("CHARACTER", "CHAR", "NCHAR");

  private static final Set<String> INTERVAL_FIELDS =
      Set.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND");

  private final Cursor cursor;
  private final List<String> modifiers = new ArrayList<>();

  private TypeReader(Cursor cursor) {
    this.cursor = cursor;
  }

  static TypeName read(Cursor cursor) {
    return new TypeReader(cursor).read();
  }

  private TypeName read() {
    int from = cursor.at();
    cursor.accept("SETOF");
    String words = severalWords();
    ObjectName name =
        words.isEmpty() ? cursor.objectName() : new ObjectName(null, words, cursor.offset());
    if (words.isEmpty()) {
      modifiers();
      if (cursor.acceptSymbol('%')) {
        cursor.expect("TYPE");
      }
    }
    int dimensions = dimensions();
    Fragment all = cursor.fragment(from);
    return new TypeName(
        all.text(), name.schema(), name.name(), modifiers, dimensions, all.offset());
  }

  /** The types whose names have syntax of their own; empty for any other. */
  private String severalWords() {
    if (cursor.accept("DOUBLE", "PRECISION")) {
      return "double precision";
    }
    if (cursor.is("NATIONAL") && CHARACTER.contains(cursor.peek(1).text())) {
      cursor.next();
      return "national " + varying();
    }
    if (cursor.isAny(CHARACTER) || cursor.is("BIT")) {
      return varying();
    }
    if (cursor.is("TIMESTAMP") || cursor.is("TIME")) {
      String name = cursor.lowerWord();
      modifiers();
      return name + zone();
    }
    if (cursor.is("INTERVAL")) {
      cursor.next();
      modifiers();
      if (cursor.isAny(INTERVAL_FIELDS)) {
        cursor.next();
        if (cursor.accept("TO")) {
          cursor.word();
        }
        modifiers();
      }
      return "interval";
    }
    return "";
  }

  private String varying() {
    String name = cursor.lowerWord();
    if (cursor.accept("VARYING")) {
      name += " varying";
    }
    modifiers();
    return name;
  }

  private String zone() {
    if (cursor.accept("WITH", "TIME", "ZONE")) {
      return " with time zone";
    }
    return cursor.accept("WITHOUT", "TIME", "ZONE") ? " without time zone" : "";
  }

  private void modifiers() {
    if (cursor.acceptSymbol('(')) {
      modifiers.addAll(cursor.list(() -> cursor.until().text()));
      cursor.expectSymbol(')');
    }
  }

  private int dimensions() {
    int dimensions = 0;
    if (cursor.accept("ARRAY")) {
      dimensions = 1;
      bound();
      return dimensions;
    }
    while (bound()) {
      dimensions++;
    }
    return dimensions;
  }

  private boolean bound() {
    if (!cursor.acceptSymbol('[')) {
      return false;
    }
    if (cursor.peek(0).type() == Token.Type.NUMBER) {
      cursor.next();
    }
    cursor.expectSymbol(']');
    return true;
  }
}
