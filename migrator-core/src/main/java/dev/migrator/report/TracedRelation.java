package dev.migrator.report;

/**
 * A relation that was there before the migration that was traced.
 *
 * @param name its schema and its name as they are, without quotes: {@code public.orders}
 * @param kind what it is
 */
public record TracedRelation(String name, Kind kind) {

  /** What a relation is. */
  public enum Kind {
    TABLE,
    PARTITIONED_TABLE,
    INDEX,
    PARTITIONED_INDEX,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    FOREIGN_TABLE;

    /** Whether it is an index of either kind. */
    public boolean isIndex() {
      return this == INDEX || this == PARTITIONED_INDEX;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
