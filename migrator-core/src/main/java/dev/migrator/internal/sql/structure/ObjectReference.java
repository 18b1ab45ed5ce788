package dev.migrator.internal.sql.structure;

import org.jspecify.annotations.Nullable;

/**
 * An existing object that a statement names.
 *
 * @param type what it is, as far as the statement says
 * @param name its name; of a column its own name only; of a cast, a transform or a user mapping the words that identify it
 * @param arguments the argument types of a routine or operator, the method of an operator class, with their parentheses;
 *     {@code null} where none are written
 * @param on the table of a column, constraint, trigger, policy or rule; {@code null} for everything else
 */
public record ObjectReference(
    ObjectType type,
    ObjectName name,
    @Nullable Fragment arguments,
    @Nullable ObjectName on) {

  /** An object that its name alone identifies. */
  public static ObjectReference of(ObjectType type, ObjectName name) {
    return new ObjectReference(type, name, null, null);
  }

  @Override
  public String toString() {
    String method = arguments != null && !arguments.text().startsWith("(") ? " USING " : "";
    return type + " " + name + method + (arguments == null ? "" : arguments)
        + (on == null ? "" : " ON " + on);
  }
}
