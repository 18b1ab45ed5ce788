package dev.migrator.internal.text;

import java.util.Collection;

/** Quotes what SQL cannot bind as a parameter by itself. The only place that does. */
public final class Identifiers {

  private Identifiers() {}

  /**
   * An identifier, always in double quotes, so that it means exactly the characters given (PostgreSQL manual, 4.1.1).
   *
   * @throws IllegalArgumentException when the identifier is empty or holds a NUL, which no identifier can
   */
  public static String quote(String identifier) {
    if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an identifier must not be empty or hold a NUL character");
    }
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A name within a schema, both parts quoted. */
  public static String quote(String schema, String name) {
    return quote(schema) + '.' + quote(name);
  }

  /**
   * A string constant that means the same whatever {@code standard_conforming_strings} is (PostgreSQL manual, 4.1.2.2).
   * For the one query that has no parameters so that it needs no prepared statement.
   *
   * @throws IllegalArgumentException when the text holds a NUL, which no text in PostgreSQL can
   */
  public static String constant(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text must not hold a NUL character");
    }
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + '\'';
  }

  /** An array literal, to be bound as one parameter; every element quoted (PostgreSQL manual, 8.15.6). */
  public static String array(Collection<String> elements) {
    StringBuilder literal = new StringBuilder("{");
    for (String element : elements) {
      if (literal.length() > 1) {
        literal.append(',');
      }
      literal
          .append('"')
          .append(element.replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"');
    }
    return literal.append('}').toString();
  }
}
