package dev.migrator.internal.lint;

import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import org.jspecify.annotations.Nullable;

/**
 * Something that a statement destroys, for whoever asks a database whether it is there.
 *
 * @param type what it is; COLUMN and CONSTRAINT of a table
 * @param name its name; of a part of a table, the table's
 * @param part the column or constraint; {@code null} for the whole
 */
public record ObjectRef(
    ObjectType type, ObjectName name, @Nullable String part) {

  /** A whole object. */
  public static ObjectRef of(ObjectType type, ObjectName name) {
    return new ObjectRef(type, name, null);
  }

  /** In words: {@code table people}, {@code column people.name}. */
  public String words() {
    String kind = type.toString().toLowerCase(java.util.Locale.ROOT);
    return kind + " " + name + (part == null ? "" : "." + part);
  }
}
