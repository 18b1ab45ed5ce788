package dev.migrator.internal.sql.structure;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column as CREATE TABLE and ADD COLUMN define it.
 *
 * @param name the column
 * @param type its type; {@code null} for a column of a typed table or a partition, which has it already
 * @param defaultValue the expression behind DEFAULT; {@code null} without one
 * @param generated the expression behind GENERATED ALWAYS AS; {@code null} for an ordinary column
 * @param collation the collation that COLLATE names; {@code null} without one
 * @param clauses {@code NOT_NULL}, {@code ALWAYS} or {@code BY_DEFAULT} for an identity column, {@code STORED} or
 *     {@code VIRTUAL} for a generated one
 * @param constraints its own constraints, NOT NULL among them
 */
public record ColumnDefinition(
    Name name,
    @Nullable TypeName type,
    @Nullable Fragment defaultValue,
    @Nullable Fragment generated,
    @Nullable ObjectName collation,
    Set<Clause> clauses,
    List<Constraint> constraints) {

  /** Keeps copies. */
  public ColumnDefinition {
    clauses = Clauses.copy(clauses);
    constraints = List.copyOf(constraints);
  }

  /** Whether it takes its values from a sequence of its own, by the SQL standard's words. */
  public boolean isIdentity() {
    return clauses.contains(Clause.ALWAYS) || clauses.contains(Clause.BY_DEFAULT);
  }
}
