package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the changes that many kinds of object have in common. */
final class CommonChanges {
  private CommonChanges() {}

  /** The change that comes next, or {@code null}, with nothing read, when it is none of the common ones. */
  static @Nullable Change read(Cursor cursor) {
    int offset = cursor.offset();
    if (cursor.accept("RENAME", "TO")) {
      return new Change.Rename(cursor.name(), offset);
    }
    if (cursor.accept("SET", "SCHEMA")) {
      return new Change.SetSchema(cursor.name(), offset);
    }
    if (cursor.accept("OWNER", "TO")) {
      return new Change.SetOwner(cursor.name(), offset);
    }
    if (cursor.accept("SET", "TABLESPACE")) {
      Name name = cursor.name();
      Set<Clause> clauses = Clauses.none();
      cursor.accept(clauses, Clause.NOWAIT, "NOWAIT");
      return new Change.SetTablespace(name, clauses, offset);
    }
    return cursor.peek(1).isSymbol('(') ? parameters(cursor, offset) : null;
  }

  private static @Nullable Change parameters(Cursor cursor, int offset) {
    if (!cursor.is("SET") && !cursor.is("RESET") && !cursor.is("OPTIONS")) {
      return null;
    }
    String verb = cursor.word();
    int from = cursor.at();
    cursor.expectSymbol('(');
    List<String> names = cursor.list(() -> parameter(cursor));
    cursor.expectSymbol(')');
    return new Change.Parameters(
        verb,
        names,
        verb.equals("OPTIONS") ? new Fragment("(...)", offset) : cursor.fragment(from),
        offset);
  }

  /** {@code fillfactor = 70}, {@code toast.autovacuum_enabled}, {@code ADD user 'x'}. */
  private static String parameter(Cursor cursor) {
    boolean hasVerb = cursor.is("ADD") || cursor.is("SET") || cursor.is("DROP");
    if (hasVerb && cursor.peek(1).type() == Token.Type.WORD) {
      cursor.next();
    }
    String name = cursor.objectName().toString().toLowerCase(Locale.ROOT);
    cursor.skipTo(Set.of(), true);
    return name;
  }

  /** The rest of the statement up to its first string, which may be a secret. */
  static Fragment withoutStrings(Cursor cursor) {
    int from = cursor.at();
    while (!cursor.atEnd() && cursor.peek(0).type() != Token.Type.STRING) {
      cursor.next();
    }
    Fragment shown = cursor.fragment(from);
    cursor.restIfAny();
    return shown;
  }
}
