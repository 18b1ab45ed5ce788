package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads CREATE FUNCTION and CREATE PROCEDURE behind these words (manual pages of both). */
final class RoutineReader {
  private static final Set<String> OPTIONS = Set.of(
      "LANGUAGE",
      "AS",
      "TRANSFORM",
      "WINDOW",
      "IMMUTABLE",
      "STABLE",
      "VOLATILE",
      "NOT",
      "LEAKPROOF",
      "CALLED",
      "STRICT",
      "EXTERNAL",
      "SECURITY",
      "PARALLEL",
      "COST",
      "ROWS",
      "SUPPORT",
      "SET",
      "RETURNS",
      "BEGIN",
      "RETURN");

  private final Cursor cursor;
  private final Set<Clause> clauses;

  private @Nullable Fragment returns;
  private @Nullable String language;
  private @Nullable Fragment body;
  private boolean standardBody;

  private RoutineReader(Set<Clause> clauses, Cursor cursor) {
    this.cursor = cursor;
    this.clauses = clauses;
  }

  static Create.Routine read(ObjectType type, Set<Clause> clauses, Cursor cursor) {
    return new RoutineReader(clauses, cursor).read(type);
  }

  private Create.Routine read(ObjectType type) {
    ObjectName name = cursor.objectName();
    Fragment arguments = cursor.parenthesised();
    if (!cursor.is("RETURNS", "NULL") && cursor.accept("RETURNS")) {
      int from = cursor.at();
      if (cursor.accept("TABLE")) {
        cursor.parenthesised();
      } else {
        TypeReader.read(cursor);
      }
      returns = cursor.fragment(from);
    }
    while (!cursor.atEnd()) {
      option();
    }
    if (language == null && standardBody) {
      language = "sql";
    }
    return new Create.Routine(type, name, clauses, arguments, returns, language, body);
  }

  private void option() {
    if (cursor.accept("LANGUAGE")) {
      boolean quoted = cursor.peek(0).type() == Token.Type.STRING;
      language =
          quoted ? cursor.string().toLowerCase(Locale.ROOT) : cursor.name().text();
    } else if (cursor.accept("AS")) {
      body = literal();
      if (cursor.acceptSymbol(',')) {
        // The object file and the symbol of a function in C.
        literal();
        body = null;
      }
    } else if (cursor.is("BEGIN", "ATOMIC") || cursor.is("RETURN")) {
      standardBody = true;
      body = cursor.rest();
    } else if (cursor.accept("RETURNS", "NULL", "ON", "NULL", "INPUT")
        || cursor.accept("EXTERNAL", "SECURITY", "INVOKER")
        || cursor.accept("SECURITY", "INVOKER")) {
      // Said, but the same as saying nothing.
    } else if (!cursor.accept(clauses, Clause.SECURITY_DEFINER, "SECURITY", "DEFINER")
        && !cursor.accept(clauses, Clause.SECURITY_DEFINER, "EXTERNAL", "SECURITY", "DEFINER")) {
      otherOption();
    }
  }

  private void otherOption() {
    if (!cursor.isAny(OPTIONS)) {
      throw cursor.unrecognised();
    }
    switch (cursor.word()) {
      case "NOT" -> cursor.expect("LEAKPROOF");
      case "CALLED" -> cursor.expect("ON", "NULL", "INPUT");
      case "PARALLEL" -> cursor.word();
      case "COST", "ROWS", "TRANSFORM" -> {
        cursor.next();
        cursor.skipTo(OPTIONS, false);
      }
      case "SUPPORT" -> cursor.objectName();
      case "SET" -> setting();
      case "IMMUTABLE", "STABLE", "VOLATILE", "STRICT", "LEAKPROOF", "WINDOW" -> {
        // One word each.
      }
      default -> throw cursor.unrecognised();
    }
  }

  /** {@code SET search_path = a, b}, {@code SET x FROM CURRENT}. */
  private void setting() {
    if (cursor.accept("TIME", "ZONE")) {
      cursor.next();
      return;
    }
    cursor.objectName();
    if (cursor.accept("FROM")) {
      cursor.expect("CURRENT");
      return;
    }
    if (!cursor.accept("TO")) {
      cursor.expectSymbol('=');
    }
    cursor.list(() -> {
      cursor.acceptSymbol('-');
      return cursor.next();
    });
  }

  private Fragment literal() {
    if (cursor.peek(0).type() != Token.Type.STRING) {
      throw cursor.unrecognised();
    }
    return cursor.one();
  }
}
