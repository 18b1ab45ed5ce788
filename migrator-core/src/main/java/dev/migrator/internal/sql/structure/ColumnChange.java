package dev.migrator.internal.sql.structure;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of one column of a table, or of one attribute of a composite type. */
public sealed interface ColumnChange extends Change {

  /** The column, by the name that it has before the change; that of the new one for {@link Add}. */
  Name column();

  /** ADD COLUMN; {@code clauses}: IF_NOT_EXISTS. */
  record Add(ColumnDefinition definition, Set<Clause> clauses, int offset) implements ColumnChange {
    public Add {
      clauses = Clauses.copy(clauses);
    }

    @Override
    public Name column() {
      return definition.name();
    }
  }

  /** DROP COLUMN; {@code clauses}: IF_EXISTS, CASCADE, RESTRICT. */
  record Drop(Name column, Set<Clause> clauses, int offset) implements ColumnChange {
    public Drop {
      clauses = Clauses.copy(clauses);
    }
  }

  /** RENAME COLUMN. */
  record RenameTo(Name column, Name to, int offset) implements ColumnChange {}

  /**
   * ALTER COLUMN ... TYPE.
   *
   * @param using the expression behind USING; {@code null} when PostgreSQL casts by itself
   * @param clauses CASCADE, RESTRICT for an attribute
   */
  record SetType(
      Name column,
      TypeName type,
      @Nullable ObjectName collation,
      @Nullable Fragment using,
      Set<Clause> clauses,
      int offset)
      implements ColumnChange {
    public SetType {
      clauses = Clauses.copy(clauses);
    }
  }

  /** SET DEFAULT. */
  record SetDefault(Name column, Fragment expression, int offset) implements ColumnChange {}

  /** DROP DEFAULT. */
  record DropDefault(Name column, int offset) implements ColumnChange {}

  /** SET NOT NULL. */
  record SetNotNull(Name column, int offset) implements ColumnChange {}

  /** DROP NOT NULL. */
  record DropNotNull(Name column, int offset) implements ColumnChange {}

  /** SET EXPRESSION of a generated column. */
  record SetExpression(Name column, Fragment expression, int offset) implements ColumnChange {}

  /** DROP EXPRESSION of a generated column; {@code clauses}: IF_EXISTS. */
  record DropExpression(Name column, Set<Clause> clauses, int offset) implements ColumnChange {
    public DropExpression {
      clauses = Clauses.copy(clauses);
    }
  }

  /** ADD GENERATED ... AS IDENTITY; {@code clauses}: ALWAYS or BY_DEFAULT. */
  record AddIdentity(Name column, Set<Clause> clauses, int offset) implements ColumnChange {
    public AddIdentity {
      clauses = Clauses.copy(clauses);
    }
  }

  /** SET GENERATED, RESTART and the other options of an identity column's sequence. */
  record AlterIdentity(Name column, Fragment options, int offset) implements ColumnChange {}

  /** DROP IDENTITY; {@code clauses}: IF_EXISTS. */
  record DropIdentity(Name column, Set<Clause> clauses, int offset) implements ColumnChange {
    public DropIdentity {
      clauses = Clauses.copy(clauses);
    }
  }

  /** SET STATISTICS, SET STORAGE, SET COMPRESSION, SET or RESET ( ... ), OPTIONS ( ... ). */
  record Tune(Name column, Aspect aspect, Fragment value, int offset) implements ColumnChange {

    /** What is tuned. */
    public enum Aspect {
      STATISTICS,
      STORAGE,
      COMPRESSION,
      PARAMETERS
    }
  }
}
