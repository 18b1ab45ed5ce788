package dev.migrator.internal.schema;

import java.util.Set;

/**
 * What the engine keeps in the database for itself, and what no snapshot shows therefore.
 *
 * @param schema where it is, unquoted
 * @param names the names of its tables, views and functions, unquoted
 */
public record OwnObjects(String schema, Set<String> names) {

  /** Nothing. */
  public static final OwnObjects NONE = new OwnObjects("", Set.of());

  /** Keeps a copy. */
  public OwnObjects {
    names = Set.copyOf(names);
  }
}
