package dev.migrator.internal.sql.structure;

/**
 * A table in a list of tables.
 *
 * @param name the table
 * @param scope whether the tables that inherit from it are meant too
 */
public record TableTarget(ObjectName name, Scope scope) {

  /** Which tables a name stands for. */
  public enum Scope {
    /** {@code ONLY}. */
    ITSELF,
    WITH_DESCENDANTS
  }
}
