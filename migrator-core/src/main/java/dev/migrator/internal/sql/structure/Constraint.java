package dev.migrator.internal.sql.structure;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A constraint of a table, a column or a domain.
 *
 * @param name its name; {@code null} when PostgreSQL makes one up
 * @param kind what it demands
 * @param columns the columns of a table constraint; empty for that of a column, and for CHECK
 * @param expression the condition of a CHECK in its parentheses, or the elements of an EXCLUDE in theirs
 * @param references the table that a foreign key points to; {@code null} for other kinds
 * @param referencedColumns its columns, where the script names them
 * @param onDelete what a foreign key does, {@code CASCADE}, {@code SET NULL (a)}; {@code null} where it says nothing
 * @param onUpdate likewise
 * @param usingIndex the index that becomes the constraint; {@code null} without USING INDEX
 * @param include the columns behind INCLUDE
 * @param clauses NOT_VALID, DEFERRABLE and their like
 * @param offset where it begins in the statement's text
 */
public record Constraint(
    @Nullable Name name,
    Kind kind,
    List<Name> columns,
    @Nullable Fragment expression,
    @Nullable ObjectName references,
    List<Name> referencedColumns,
    @Nullable String onDelete,
    @Nullable String onUpdate,
    @Nullable Name usingIndex,
    List<Name> include,
    Set<Clause> clauses,
    int offset) {

  /** What a constraint demands. */
  public enum Kind {
    NOT_NULL,
    CHECK,
    UNIQUE,
    PRIMARY_KEY,
    FOREIGN_KEY,
    EXCLUDE
  }

  /** Keeps copies. */
  public Constraint {
    columns = List.copyOf(columns);
    referencedColumns = List.copyOf(referencedColumns);
    include = List.copyOf(include);
    clauses = Clauses.copy(clauses);
  }

  /** Whether a clause is there. */
  public boolean has(Clause clause) {
    return clauses.contains(clause);
  }
}
