package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import java.util.List;
import java.util.Set;

/** Reads CREATE INDEX behind that word (manual page of CREATE INDEX). */
final class IndexReader {
  private IndexReader() {}

  static Create.Index read(Set<Clause> clauses, Cursor cursor) {
    cursor.accept(clauses, Clause.CONCURRENTLY, "CONCURRENTLY");
    boolean named =
        cursor.accept(clauses, Clause.IF_NOT_EXISTS, "IF", "NOT", "EXISTS") || !cursor.is("ON");
    Name name = named ? cursor.name() : null;
    cursor.expect("ON");
    cursor.accept(clauses, Clause.ONLY, "ONLY");
    ObjectName table = cursor.objectName();
    cursor.acceptSymbol('*');
    Name method = cursor.accept("USING") ? cursor.name() : null;
    cursor.expectSymbol('(');
    List<Create.IndexElement> elements = cursor.list(() -> element(cursor));
    cursor.expectSymbol(')');
    List<Name> include = cursor.accept("INCLUDE") ? cursor.names() : List.of();
    if (!cursor.accept(clauses, Clause.NULLS_NOT_DISTINCT, "NULLS", "NOT", "DISTINCT")) {
      cursor.accept("NULLS", "DISTINCT");
    }
    Fragment parameters = cursor.accept("WITH") ? cursor.parenthesised() : null;
    Name tablespace = cursor.accept("TABLESPACE") ? cursor.name() : null;
    Fragment where = cursor.accept("WHERE") ? cursor.rest() : null;
    cursor.expectEnd();
    return new Create.Index(
        name, table, clauses, method, elements, include, parameters, tablespace, where);
  }

  /** A function call begins with a name too: a parenthesis or a period behind it tells. */
  private static Create.IndexElement element(Cursor cursor) {
    int from = cursor.at();
    boolean isColumn =
        cursor.isName() && !cursor.peek(1).isSymbol('(') && !cursor.peek(1).isSymbol('.');
    Name column = isColumn ? cursor.name() : null;
    if (column == null || !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
      cursor.until();
    }
    return new Create.IndexElement(column, cursor.fragment(from));
  }
}
