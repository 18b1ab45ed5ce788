package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a column's definition (manual pages of CREATE TABLE, ALTER TABLE and CREATE DOMAIN). */
final class ColumnReader {

  /** What may follow a DEFAULT; a NULL there follows something that is no operator. */
  private static final Set<String> AFTER_DEFAULT = Set.of(
      "CONSTRAINT",
      "NOT",
      "NULL",
      "DEFAULT",
      "CHECK",
      "UNIQUE",
      "PRIMARY",
      "REFERENCES",
      "GENERATED",
      "COLLATE",
      "DEFERRABLE",
      "INITIALLY",
      "ENFORCED",
      "STORAGE",
      "COMPRESSION");

  private final Cursor cursor;
  private final List<Constraint> constraints = new ArrayList<>();
  private final Set<Clause> clauses = Clauses.none();

  private @Nullable Fragment defaultValue;
  private @Nullable Fragment generated;
  private @Nullable ObjectName collation;

  private ColumnReader(Cursor cursor) {
    this.cursor = cursor;
  }

  /** A column with its type. */
  static ColumnDefinition read(Cursor cursor) {
    Name name = cursor.name();
    return new ColumnReader(cursor).rest(name, TypeReader.read(cursor));
  }

  /** A column of a typed table or a partition: {@code a WITH OPTIONS NOT NULL}. */
  static ColumnDefinition withoutType(Cursor cursor) {
    Name name = cursor.name();
    cursor.accept("WITH", "OPTIONS");
    return new ColumnReader(cursor).rest(name, null);
  }

  /** A domain: what follows its name is what follows a column's. */
  static ColumnDefinition ofDomain(Cursor cursor, Name name) {
    return new ColumnReader(cursor).rest(name, TypeReader.read(cursor));
  }

  private ColumnDefinition rest(Name name, @Nullable TypeName type) {
    while (part()) {
      // Each call reads one part.
    }
    return new ColumnDefinition(
        name, type, defaultValue, generated, collation, clauses, constraints);
  }

  private boolean part() {
    if (cursor.accept("COLLATE")) {
      collation = cursor.objectName();
    } else if (cursor.accept("STORAGE") || cursor.accept("COMPRESSION")) {
      cursor.name();
    } else if (cursor.is("OPTIONS") && cursor.peek(1).isSymbol('(')) {
      cursor.next();
      cursor.parenthesised();
    } else if (cursor.atEnd() || cursor.isSymbol(',') || cursor.isSymbol(')')) {
      return false;
    } else {
      return constraint();
    }
    return true;
  }

  private boolean constraint() {
    int offset = cursor.offset();
    Name name = cursor.accept("CONSTRAINT") ? cursor.name() : null;
    if (cursor.accept("NULL")) {
      return true;
    }
    if (cursor.accept("DEFAULT")) {
      defaultValue = defaultExpression();
      return true;
    }
    if (cursor.accept("GENERATED")) {
      generated();
      return true;
    }
    if (name == null && !startsConstraint()) {
      return false;
    }
    Constraint constraint = ConstraintReader.ofColumn(cursor, name, offset);
    if (constraint.kind() == Constraint.Kind.NOT_NULL) {
      clauses.add(Clause.NOT_NULL);
    }
    constraints.add(constraint);
    return true;
  }

  private boolean startsConstraint() {
    return cursor.is("NOT", "NULL")
        || cursor.is("CHECK")
        || cursor.is("UNIQUE")
        || cursor.is("PRIMARY")
        || cursor.is("REFERENCES");
  }

  private Fragment defaultExpression() {
    int from = cursor.at();
    cursor.skipTo(AFTER_DEFAULT, true);
    while (belongsToExpression(from)) {
      cursor.next();
      cursor.skipTo(AFTER_DEFAULT, true);
    }
    return cursor.fragment(from);
  }

  /** {@code DEFAULT NULL}, {@code 1 + NULL}, {@code a IS NOT DISTINCT FROM NULL}, and words that end another one. */
  private boolean belongsToExpression(int from) {
    Token before = cursor.peek(-1);
    boolean first = cursor.at() == from;
    if (cursor.is("NULL")) {
      return first || before.type() == Token.Type.OPERATOR || before.isWord("FROM");
    }
    return cursor.is("NOT", "DISTINCT") || first && cursor.is("NOT");
  }

  private void generated() {
    if (cursor.accept("BY", "DEFAULT")) {
      clauses.add(Clause.BY_DEFAULT);
      cursor.expect("AS", "IDENTITY");
      sequenceOptions();
      return;
    }
    cursor.expect("ALWAYS", "AS");
    if (cursor.accept("IDENTITY")) {
      clauses.add(Clause.ALWAYS);
      sequenceOptions();
      return;
    }
    generated = cursor.parenthesised();
    if (!cursor.accept(clauses, Clause.STORED, "STORED")) {
      // Without a word it is virtual, since version 18.
      cursor.accept("VIRTUAL");
      clauses.add(Clause.VIRTUAL);
    }
  }

  private void sequenceOptions() {
    if (cursor.isSymbol('(')) {
      cursor.parenthesised();
    }
  }
}
