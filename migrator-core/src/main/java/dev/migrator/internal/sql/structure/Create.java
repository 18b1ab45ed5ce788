package dev.migrator.internal.sql.structure;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a CREATE. */
public sealed interface Create extends Detail {

  /** The words that are there or not: IF_NOT_EXISTS, OR_REPLACE, TEMPORARY ... */
  Set<Clause> clauses();

  /**
   * CREATE TABLE and CREATE FOREIGN TABLE.
   *
   * @param clauses TEMPORARY, UNLOGGED, IF_NOT_EXISTS, WITH_DATA, WITH_NO_DATA
   * @param columns the columns; those of CREATE TABLE AS have no type
   * @param constraints the table's constraints; a column's own are with the column
   * @param like the tables behind LIKE
   * @param inherits the tables behind INHERITS
   * @param partitionOf the partitioned table and the bound, for a partition
   * @param partitionBy what stands behind PARTITION BY, {@code range (a)}
   * @param ofType the type of a typed table
   * @param query the query of CREATE TABLE AS
   * @param options what follows the definition: WITH, ON COMMIT, TABLESPACE, USING, SERVER
   */
  record Table(
      ObjectType type,
      ObjectName name,
      Set<Clause> clauses,
      List<ColumnDefinition> columns,
      List<Constraint> constraints,
      List<ObjectName> like,
      List<ObjectName> inherits,
      @Nullable PartitionBound partitionOf,
      @Nullable Fragment partitionBy,
      @Nullable ObjectName ofType,
      @Nullable Fragment query,
      @Nullable Fragment options)
      implements Create {
    public Table {
      clauses = Clauses.copy(clauses);
      columns = List.copyOf(columns);
      constraints = List.copyOf(constraints);
      like = List.copyOf(like);
      inherits = List.copyOf(inherits);
    }
  }

  /**
   * The place of a partition.
   *
   * @param parent the partitioned table, or the partition of an ATTACH
   * @param bound {@code FOR VALUES ...} or {@code DEFAULT}
   */
  record PartitionBound(ObjectName parent, Fragment bound) {}

  /**
   * CREATE INDEX.
   *
   * @param name the index; {@code null} when PostgreSQL makes one up
   * @param clauses UNIQUE, CONCURRENTLY, IF_NOT_EXISTS, ONLY, NULLS_NOT_DISTINCT
   * @param method the access method; {@code null} for the default, btree
   * @param elements the columns and expressions
   * @param include the columns behind INCLUDE
   * @param parameters what stands behind WITH
   * @param where the condition of a partial index
   */
  record Index(
      @Nullable Name name,
      ObjectName table,
      Set<Clause> clauses,
      @Nullable Name method,
      List<IndexElement> elements,
      List<Name> include,
      @Nullable Fragment parameters,
      @Nullable Name tablespace,
      @Nullable Fragment where)
      implements Create {
    public Index {
      clauses = Clauses.copy(clauses);
      elements = List.copyOf(elements);
      include = List.copyOf(include);
    }
  }

  /**
   * What an index is made of.
   *
   * @param column the column; {@code null} for an expression
   * @param text the whole element: column or expression, collation, operator class, order
   */
  record IndexElement(@Nullable Name column, Fragment text) {}

  /**
   * CREATE VIEW and CREATE MATERIALIZED VIEW.
   *
   * @param clauses OR_REPLACE, TEMPORARY, RECURSIVE, IF_NOT_EXISTS, WITH_DATA, WITH_NO_DATA
   */
  record View(
      ObjectType type, ObjectName name, Set<Clause> clauses, List<Name> columns, Fragment query)
      implements Create {
    public View {
      clauses = Clauses.copy(clauses);
      columns = List.copyOf(columns);
    }
  }

  /**
   * CREATE SEQUENCE.
   *
   * @param options everything behind the name
   */
  record Sequence(
      ObjectName name, Set<Clause> clauses, @Nullable Fragment options) implements Create {
    public Sequence {
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * CREATE TYPE.
   *
   * @param labels of an enum
   * @param attributes of a composite type
   * @param options of a range or base type
   */
  record Type(
      ObjectName name,
      Form form,
      List<String> labels,
      List<ColumnDefinition> attributes,
      @Nullable Fragment options)
      implements Create {

    /** The kinds of type that CREATE TYPE makes. */
    public enum Form {
      ENUM,
      COMPOSITE,
      RANGE,
      BASE,
      SHELL
    }

    public Type {
      labels = List.copyOf(labels);
      attributes = List.copyOf(attributes);
    }

    @Override
    public Set<Clause> clauses() {
      return Set.of();
    }
  }

  /**
   * CREATE DOMAIN.
   *
   * @param definition the domain as a column of its type, with default, NOT NULL and constraints
   */
  record Domain(ObjectName name, ColumnDefinition definition) implements Create {
    @Override
    public Set<Clause> clauses() {
      return Set.of();
    }
  }

  /**
   * CREATE FUNCTION and CREATE PROCEDURE.
   *
   * @param clauses OR_REPLACE, SECURITY_DEFINER
   * @param arguments with their parentheses
   * @param returns what stands behind RETURNS; {@code null} without
   * @param language {@code sql} for a body in BEGIN ATOMIC or RETURN when none is written
   * @param body the body as the script writes it: a string literal with its quotes, BEGIN ATOMIC ... END or RETURN ...;
   *     {@code null} for a function in C
   */
  record Routine(
      ObjectType type,
      ObjectName name,
      Set<Clause> clauses,
      Fragment arguments,
      @Nullable Fragment returns,
      @Nullable String language,
      @Nullable Fragment body)
      implements Create {
    public Routine {
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * CREATE TRIGGER.
   *
   * @param clauses OR_REPLACE, CONSTRAINT, FOR_EACH_ROW
   * @param timing {@code BEFORE}, {@code AFTER} or {@code INSTEAD OF}
   * @param events {@code INSERT OR UPDATE OF a}
   */
  record Trigger(
      Name name,
      ObjectName table,
      Set<Clause> clauses,
      String timing,
      Fragment events,
      @Nullable ObjectName references,
      ObjectName function)
      implements Create {
    public Trigger {
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * CREATE POLICY and CREATE RULE.
   *
   * @param definition everything behind the table
   */
  record OnTable(
      ObjectType type,
      Name name,
      ObjectName table,
      Set<Clause> clauses,
      @Nullable Fragment definition)
      implements Create {
    public OnTable {
      clauses = Clauses.copy(clauses);
    }
  }

  /**
   * CREATE of anything else.
   *
   * @param object its kind and name
   * @param clauses OR_REPLACE, IF_NOT_EXISTS, WITH_ELEMENTS for a schema with the objects in it
   */
  record Other(ObjectReference object, Set<Clause> clauses) implements Create {
    public Other {
      clauses = Clauses.copy(clauses);
    }
  }
}
