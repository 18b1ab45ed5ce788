package dev.migrator.internal.sql.structure;

import org.jspecify.annotations.Nullable;

/**
 * The name of an object in a statement, with its schema if the script names one.
 *
 * @param schema the schema as {@link Name#text} writes it; {@code null} when the search path decides
 * @param name the object, as {@link Name#text} writes it
 * @param offset where the name, or the schema before it, stands in the statement's text, in UTF-16 units from 0
 */
public record ObjectName(@Nullable String schema, String name, int offset) {
  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
