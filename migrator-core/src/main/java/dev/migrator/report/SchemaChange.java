package dev.migrator.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One object in which two snapshots differ. */
public sealed interface SchemaChange {

  /** The object, as the snapshot has it in which it is (the later one, where it is in both). */
  SchemaObject object();

  /** Only the later snapshot has it. */
  record Added(SchemaObject object) implements SchemaChange {}

  /** Only the earlier snapshot has it. */
  record Removed(SchemaObject object) implements SchemaChange {}

  /**
   * Both have it, not alike.
   *
   * @param object the object in the later snapshot
   * @param attributes what differs, ordered by name; at least one
   */
  record Changed(SchemaObject object, List<AttributeChange> attributes) implements SchemaChange {

    /** Keeps a copy. */
    public Changed {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * An attribute that differs.
   *
   * @param name its name
   * @param before its value in the earlier snapshot; {@code null} when it has none there
   * @param after its value in the later snapshot; {@code null} when it has none there
   */
  record AttributeChange(
      String name, @Nullable String before, @Nullable String after) {}
}
