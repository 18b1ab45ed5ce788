package dev.migrator.internal.sql.structure;

/**
 * A name in a statement.
 *
 * @param text the name itself, without quotes: in lower case where the script does not quote it (ASCII letters only, as
 *     PostgreSQL does it), not shortened to 63 bytes
 * @param offset where it stands in the statement's text, in UTF-16 units from 0
 */
public record Name(String text, int offset) {
  @Override
  public String toString() {
    return text;
  }
}
