package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import java.util.List;
import java.util.Set;

/** Recognises DROP. */
final class DropRecogniser {
  private DropRecogniser() {}

  /** Reads what follows {@code DROP type}. */
  static Detail read(ObjectType type, Cursor cursor) {
    Set<Clause> clauses = Clauses.none();
    if (type == ObjectType.INDEX) {
      cursor.accept(clauses, Clause.CONCURRENTLY, "CONCURRENTLY");
    }
    cursor.accept(clauses, Clause.IF_EXISTS, "IF", "EXISTS");
    List<ObjectReference> objects = cursor.list(() -> ObjectReader.reference(type, cursor));
    if (type == ObjectType.DATABASE) {
      cursor.accept("WITH");
      if (cursor.isSymbol('(')) {
        cursor.parenthesised();
      }
    }
    cursor.behaviour(clauses);
    cursor.expectEnd();
    return new Detail.Drop(type, objects, clauses);
  }

  /** Reads what follows DROP OWNED. */
  static Detail owned(Cursor cursor) {
    cursor.expect("BY");
    List<Name> roles = cursor.list(cursor::name);
    Set<Clause> clauses = Clauses.none();
    cursor.behaviour(clauses);
    cursor.expectEnd();
    return new Detail.DropOwned(roles, clauses);
  }
}
