package dev.migrator.internal.sql.structure;

/**
 * A part of a statement as the script writes it: an expression, a query, an option list.
 *
 * @param text its text, from its first token to its last
 * @param offset where it stands in the statement's text, in UTF-16 units from 0
 */
public record Fragment(String text, int offset) {
  @Override
  public String toString() {
    return text;
  }
}
