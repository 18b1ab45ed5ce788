package dev.migrator.internal.text;

/** Quotes identifiers and literals for SQL that cannot bind them as parameters. The only place that does. */
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

  /** A string literal that means the same whatever {@code standard_conforming_strings} is (PostgreSQL manual, 4.1.2). */
  public static String literal(String text) {
    String quoted = text.replace("'", "''");
    return text.indexOf('\\') < 0 ? "'" + quoted + "'" : " E'" + quoted.replace("\\", "\\\\") + "'";
  }
}
