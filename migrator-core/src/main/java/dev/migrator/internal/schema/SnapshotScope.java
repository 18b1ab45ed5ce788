package dev.migrator.internal.schema;

import java.util.List;

/**
 * How much of a database a snapshot covers.
 *
 * @param schemas the schemas, unquoted; with them only what is in a schema is shown. Empty: everything in the database but the system's schemas
 * @param own what is left out
 */
public record SnapshotScope(List<String> schemas, OwnObjects own) {

  /** Keeps a copy. */
  public SnapshotScope {
    schemas = List.copyOf(schemas);
  }

  /** The whole database, but for what the engine keeps there. */
  public static SnapshotScope everythingBut(OwnObjects own) {
    return new SnapshotScope(List.of(), own);
  }

  /** Whether objects count that belong to no schema. */
  boolean isWhole() {
    return schemas.isEmpty();
  }
}
