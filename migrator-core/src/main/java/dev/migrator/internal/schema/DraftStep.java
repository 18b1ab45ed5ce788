package dev.migrator.internal.schema;

import java.util.List;

/**
 * One thing that a drafted migration does, and how it is undone.
 *
 * @param place when it is done: what others need comes first
 * @param name the object's name without its schema, by which others mention it
 * @param up the statements
 * @param down the statements that undo it; empty where something else that is undone takes it along, or nothing can
 */
record DraftStep(Place place, String name, List<String> up, List<String> down) {

  /** The order of creation. */
  enum Place {
    SCHEMA,
    EXTENSION,
    TYPE,
    DOMAIN_CHECK,
    SEQUENCE,
    TABLE,
    PARTITION,
    COLUMN,
    OWNERSHIP,
    FUNCTION,
    KEY,
    CONSTRAINT,
    INDEX,
    VIEW,
    REFERENCE,
    REST,
    COMMENT
  }

  DraftStep {
    up = List.copyOf(up);
    down = List.copyOf(down);
  }

  /** A step of one statement and its inverse. */
  static DraftStep of(Place place, String name, String up, String down) {
    return new DraftStep(place, name, List.of(up), List.of(down));
  }

  /** A step that goes with what it belongs to. */
  static DraftStep of(Place place, String name, String up) {
    return new DraftStep(place, name, List.of(up), List.of());
  }

  /** Whether its statements mention another object. */
  boolean mentions(DraftStep other) {
    return !other.name().isEmpty()
        && !other.name().equals(name)
        && up.stream().anyMatch(sql -> sql.contains(other.name()));
  }
}
