package dev.migrator.internal.inspect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation will ask of the server.
 *
 * @param schema the configured schema of the tracking tables; {@code null} for {@code current_schema()}
 * @param relations the tracking tables and views, unquoted, the table that tells whether the others exist first; each with
 *     the privileges that the engine needs on it
 * @param absent what happens where there are none
 */
public record Needs(@Nullable String schema, Map<String, List<String>> relations, Absent absent) {

  /** What an operation does when there are no tracking tables. */
  public enum Absent {
    /** Nothing. */
    LEFT,
    /** Creates them. */
    CREATED,
    /** Creates them, and their schema where it is absent. */
    CREATED_WITH_SCHEMA
  }
}
