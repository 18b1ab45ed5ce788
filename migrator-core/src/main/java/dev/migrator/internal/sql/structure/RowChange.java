package dev.migrator.internal.sql.structure;

/**
 * A change of a table's rows.
 *
 * @param verb what happens to them
 * @param table the table
 * @param where whether a condition says which rows
 */
public record RowChange(Verb verb, TableTarget table, Where where) {

  /** What happens to rows. */
  public enum Verb {
    INSERT,
    UPDATE,
    DELETE,
    MERGE
  }

  /** Whether there is a WHERE of the statement itself, not of a query within it. */
  public enum Where {
    PRESENT,
    ABSENT,
    /** The statement was not seen to its end. */
    NOT_SEEN,
    /** INSERT and MERGE have none. */
    NOT_APPLICABLE
  }
}
