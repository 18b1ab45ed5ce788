package dev.migrator.internal.sql;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Sets of {@link Clause} in the order of its constants. */
final class Clauses {
  private Clauses() {}

  static Set<Clause> copy(Set<Clause> clauses) {
    return clauses.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(clauses));
  }

  static Set<Clause> none() {
    return EnumSet.noneOf(Clause.class);
  }
}
