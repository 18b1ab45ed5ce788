package dev.migrator.internal.text;

/** Quotes identifiers, which SQL cannot bind as parameters. The only place that does. */
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
}
