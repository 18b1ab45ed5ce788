package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a constraint of a table, a column or a domain (manual pages of CREATE TABLE and ALTER TABLE). */
final class ConstraintReader {
  private final Cursor cursor;
  private final Set<Clause> clauses = Clauses.none();

  private List<Name> columns = List.of();
  private @Nullable Fragment expression;
  private @Nullable ObjectName references;
  private List<Name> referencedColumns = List.of();
  private @Nullable String onDelete;
  private @Nullable String onUpdate;
  private @Nullable Name usingIndex;
  private List<Name> include = List.of();

  private ConstraintReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Whether a constraint of a table begins here; a column may be called {@code exclude}. */
  static boolean tableConstraintBegins(Cursor cursor) {
    return cursor.is("CONSTRAINT")
        || cursor.is("CHECK")
        || cursor.is("UNIQUE")
        || cursor.is("PRIMARY", "KEY")
        || cursor.is("FOREIGN", "KEY")
        || cursor.is("NOT", "NULL")
        || cursor.is("EXCLUDE", "USING")
        || cursor.is("EXCLUDE") && cursor.peek(1).isSymbol('(');
  }

  /** Reads a constraint of a table. */
  static Constraint ofTable(Cursor cursor) {
    ConstraintReader reader = new ConstraintReader(cursor);
    int offset = cursor.offset();
    Name name = cursor.accept("CONSTRAINT") ? cursor.name() : null;
    Constraint.Kind kind = reader.tableConstraint();
    reader.attributes();
    return reader.constraint(name, kind, offset);
  }

  /** Reads a constraint of a column or domain whose name, if it has one, was read. */
  static Constraint ofColumn(Cursor cursor, @Nullable Name name, int offset) {
    ConstraintReader reader = new ConstraintReader(cursor);
    Constraint.Kind kind = reader.columnConstraint();
    reader.attributes();
    return reader.constraint(name, kind, offset);
  }

  /** Reads what may follow any constraint, and ALTER CONSTRAINT. */
  static Set<Clause> attributes(Cursor cursor) {
    ConstraintReader reader = new ConstraintReader(cursor);
    reader.attributes();
    return reader.clauses;
  }

  private Constraint constraint(@Nullable Name name, Constraint.Kind kind, int offset) {
    return new Constraint(
        name,
        kind,
        columns,
        expression,
        references,
        referencedColumns,
        onDelete,
        onUpdate,
        usingIndex,
        include,
        clauses,
        offset);
  }

  private Constraint.Kind tableConstraint() {
    if (cursor.accept("CHECK")) {
      expression = cursor.parenthesised();
      return Constraint.Kind.CHECK;
    }
    if (cursor.accept("NOT", "NULL")) {
      columns = List.of(cursor.name());
      return Constraint.Kind.NOT_NULL;
    }
    if (cursor.accept("FOREIGN", "KEY")) {
      columns = keyColumns();
      cursor.expect("REFERENCES");
      references();
      return Constraint.Kind.FOREIGN_KEY;
    }
    if (cursor.accept("EXCLUDE")) {
      if (cursor.accept("USING")) {
        cursor.name();
      }
      expression = cursor.parenthesised();
      indexOptions();
      if (cursor.accept("WHERE")) {
        cursor.parenthesised();
      }
      return Constraint.Kind.EXCLUDE;
    }
    Constraint.Kind kind = cursor.accept("UNIQUE") ? Constraint.Kind.UNIQUE : primaryKey();
    if (cursor.accept("USING", "INDEX")) {
      usingIndex = cursor.name();
    } else {
      nullsDistinct();
      columns = keyColumns();
      indexOptions();
    }
    return kind;
  }

  private Constraint.Kind primaryKey() {
    cursor.expect("PRIMARY", "KEY");
    return Constraint.Kind.PRIMARY_KEY;
  }

  private Constraint.Kind columnConstraint() {
    if (cursor.accept("NOT", "NULL")) {
      return Constraint.Kind.NOT_NULL;
    }
    if (cursor.accept("CHECK")) {
      expression = cursor.parenthesised();
      return Constraint.Kind.CHECK;
    }
    if (cursor.accept("REFERENCES")) {
      references();
      return Constraint.Kind.FOREIGN_KEY;
    }
    Constraint.Kind kind = cursor.accept("UNIQUE") ? Constraint.Kind.UNIQUE : primaryKey();
    nullsDistinct();
    indexOptions();
    return kind;
  }

  private void nullsDistinct() {
    if (!cursor.accept(clauses, Clause.NULLS_NOT_DISTINCT, "NULLS", "NOT", "DISTINCT")) {
      cursor.accept("NULLS", "DISTINCT");
    }
  }

  /** {@code (a, b)}, {@code (a, b WITHOUT OVERLAPS)}, {@code (a, PERIOD b)}. */
  private List<Name> keyColumns() {
    cursor.expectSymbol('(');
    List<Name> names = cursor.list(() -> {
      if (cursor.is("PERIOD")
          && !cursor.peek(1).isSymbol(',')
          && !cursor.peek(1).isSymbol(')')) {
        cursor.next();
      }
      Name name = cursor.name();
      cursor.accept(clauses, Clause.WITHOUT_OVERLAPS, "WITHOUT", "OVERLAPS");
      return name;
    });
    cursor.expectSymbol(')');
    return names;
  }

  private void indexOptions() {
    if (cursor.accept("INCLUDE")) {
      include = cursor.names();
    }
    if (cursor.accept("WITH")) {
      cursor.parenthesised();
    }
    if (cursor.accept("USING", "INDEX", "TABLESPACE")) {
      cursor.name();
    }
  }

  private void references() {
    references = cursor.objectName();
    if (cursor.isSymbol('(')) {
      referencedColumns = keyColumns();
    }
    if (cursor.accept("MATCH")) {
      if (!cursor.accept(clauses, Clause.MATCH_FULL, "FULL")) {
        cursor.word();
      }
    }
    while (cursor.accept("ON")) {
      if (cursor.accept("DELETE")) {
        onDelete = referentialAction();
      } else {
        cursor.expect("UPDATE");
        onUpdate = referentialAction();
      }
    }
  }

  private String referentialAction() {
    int from = cursor.at();
    if (cursor.accept("NO", "ACTION") || cursor.accept("RESTRICT") || cursor.accept("CASCADE")) {
      return cursor.fragment(from).text();
    }
    cursor.expect("SET");
    if (!cursor.accept("NULL")) {
      cursor.expect("DEFAULT");
    }
    if (cursor.isSymbol('(')) {
      cursor.names();
    }
    return cursor.fragment(from).text();
  }

  private void attributes() {
    boolean more = true;
    while (more) {
      more = cursor.accept(clauses, Clause.NOT_VALID, "NOT", "VALID")
          || cursor.accept(clauses, Clause.NO_INHERIT, "NO", "INHERIT")
          || cursor.accept(clauses, Clause.NOT_ENFORCED, "NOT", "ENFORCED")
          || cursor.accept(clauses, Clause.ENFORCED, "ENFORCED")
          || cursor.accept(clauses, Clause.NOT_DEFERRABLE, "NOT", "DEFERRABLE")
          || cursor.accept(clauses, Clause.DEFERRABLE, "DEFERRABLE")
          || cursor.accept(clauses, Clause.INITIALLY_DEFERRED, "INITIALLY", "DEFERRED")
          || cursor.accept(clauses, Clause.INITIALLY_IMMEDIATE, "INITIALLY", "IMMEDIATE");
    }
  }
}
