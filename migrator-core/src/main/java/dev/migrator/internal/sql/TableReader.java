package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads CREATE TABLE and CREATE FOREIGN TABLE from the table's name on (manual pages of both, and CREATE TABLE AS). */
final class TableReader {
  private static final Set<String> BEFORE_QUERY =
      Set.of("ON", "WITH", "WITHOUT", "TABLESPACE", "USING", "SERVER", "OPTIONS");

  private final Cursor cursor;
  private final Set<Clause> clauses;
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<Constraint> constraints = new ArrayList<>();
  private final List<ObjectName> like = new ArrayList<>();

  private List<ObjectName> inherits = List.of();
  private Create.@Nullable PartitionBound partitionOf;
  private @Nullable Fragment partitionBy;
  private @Nullable ObjectName ofType;

  private TableReader(Cursor cursor, Set<Clause> clauses) {
    this.cursor = cursor;
    this.clauses = clauses;
  }

  static Create.Table read(ObjectType type, Set<Clause> clauses, Cursor cursor) {
    return new TableReader(cursor, clauses).read(type);
  }

  private Create.Table read(ObjectType type) {
    cursor.accept(clauses, Clause.IF_NOT_EXISTS, "IF", "NOT", "EXISTS");
    ObjectName name = cursor.objectName();
    if (cursor.accept("PARTITION", "OF")) {
      ObjectName parent = cursor.objectName();
      typedElements();
      partitionOf = new Create.PartitionBound(parent, bound(cursor));
    } else if (cursor.accept("OF")) {
      ofType = cursor.objectName();
      typedElements();
    } else if (cursor.isSymbol('(')) {
      columnsOrNames();
    }
    if (cursor.accept("INHERITS")) {
      cursor.expectSymbol('(');
      inherits = cursor.list(cursor::objectName);
      cursor.expectSymbol(')');
    }
    if (cursor.accept("PARTITION", "BY")) {
      int from = cursor.at();
      cursor.word();
      cursor.parenthesised();
      partitionBy = cursor.fragment(from);
    }
    Fragment options = options();
    Fragment query = cursor.accept("AS") ? query(cursor, clauses) : null;
    cursor.expectEnd();
    return new Create.Table(
        type,
        name,
        clauses,
        columns,
        constraints,
        like,
        inherits,
        partitionOf,
        partitionBy,
        ofType,
        query,
        options);
  }

  /** {@code FOR VALUES ...} or {@code DEFAULT}. */
  static Fragment bound(Cursor cursor) {
    int from = cursor.at();
    if (cursor.accept("DEFAULT")) {
      return cursor.fragment(from);
    }
    cursor.expect("FOR", "VALUES");
    if (cursor.accept("FROM")) {
      cursor.parenthesised();
      cursor.expect("TO");
    } else if (!cursor.accept("IN")) {
      cursor.expect("WITH");
    }
    cursor.parenthesised();
    return cursor.fragment(from);
  }

  /** The query behind AS; it ends before WITH DATA and WITH NO DATA. */
  static Fragment query(Cursor cursor, Set<Clause> clauses) {
    int from = cursor.at();
    cursor.rest();
    int all = cursor.at();
    if (endsWith(cursor, "WITH", "NO", "DATA")) {
      clauses.add(Clause.WITH_NO_DATA);
      cursor.back(all - 3);
    } else if (endsWith(cursor, "WITH", "DATA")) {
      clauses.add(Clause.WITH_DATA);
      cursor.back(all - 2);
    }
    Fragment query = cursor.fragment(from);
    cursor.back(all);
    return query;
  }

  private static boolean endsWith(Cursor cursor, String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!cursor.peek(i - words.length).isWord(words[i])) {
        return false;
      }
    }
    return true;
  }

  private void columnsOrNames() {
    cursor.expectSymbol('(');
    if (cursor.acceptSymbol(')')) {
      return;
    }
    boolean namesOnly = cursor.peek(1).isSymbol(',') || cursor.peek(1).isSymbol(')');
    do {
      if (namesOnly) {
        columns.add(ColumnReader.withoutType(cursor));
      } else {
        element();
      }
    } while (cursor.acceptSymbol(','));
    cursor.expectSymbol(')');
  }

  private void element() {
    if (cursor.accept("LIKE")) {
      like.add(cursor.objectName());
      while (cursor.accept("INCLUDING") || cursor.accept("EXCLUDING")) {
        cursor.word();
      }
    } else if (ConstraintReader.tableConstraintBegins(cursor)) {
      constraints.add(ConstraintReader.ofTable(cursor));
    } else {
      columns.add(ColumnReader.read(cursor));
    }
  }

  private void typedElements() {
    if (!cursor.acceptSymbol('(')) {
      return;
    }
    do {
      if (ConstraintReader.tableConstraintBegins(cursor)) {
        constraints.add(ConstraintReader.ofTable(cursor));
      } else {
        columns.add(ColumnReader.withoutType(cursor));
      }
    } while (cursor.acceptSymbol(','));
    cursor.expectSymbol(')');
  }

  private @Nullable Fragment options() {
    int from = cursor.at();
    while (cursor.isAny(BEFORE_QUERY)) {
      String word = cursor.word();
      switch (word) {
        case "WITH", "OPTIONS" -> cursor.parenthesised();
        case "WITHOUT" -> cursor.expect("OIDS");
        case "ON" -> {
          cursor.expect("COMMIT");
          if (!cursor.accept("DROP")) {
            cursor.word();
            cursor.expect("ROWS");
          }
        }
        default -> cursor.name();
      }
    }
    return cursor.at() == from ? null : cursor.fragment(from);
  }
}
