package dev.migrator.internal.sql.structure;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Sets of {@link Clause} in the order of its constants. */
public final class Clauses {
  private Clauses() {}

  /** A set that nobody can change. */
  public static Set<Clause> copy(Set<Clause> clauses) {
    return clauses.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(clauses));
  }

  /** An empty set to be filled. */
  public static Set<Clause> none() {
    return EnumSet.noneOf(Clause.class);
  }
}
