package dev.migrator.internal.sql.structure;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of a type or a domain. */
public sealed interface TypeChange extends Change {

  /**
   * ADD VALUE.
   *
   * @param value the new label
   * @param before the label that it stands before; {@code null} otherwise
   * @param after the label that it stands behind; {@code null} otherwise
   * @param clauses IF_NOT_EXISTS
   */
  record AddValue(
      String value,
      @Nullable String before,
      @Nullable String after,
      Set<Clause> clauses,
      int offset)
      implements TypeChange {
    public AddValue {
      clauses = Clauses.copy(clauses);
    }
  }

  /** RENAME VALUE. */
  record RenameValue(String from, String to, int offset) implements TypeChange {}

  /** SET DEFAULT of a domain. */
  record SetDefault(Fragment expression, int offset) implements TypeChange {}

  /** DROP DEFAULT of a domain. */
  record DropDefault(int offset) implements TypeChange {}

  /** SET NOT NULL of a domain. */
  record SetNotNull(int offset) implements TypeChange {}

  /** DROP NOT NULL of a domain. */
  record DropNotNull(int offset) implements TypeChange {}
}
