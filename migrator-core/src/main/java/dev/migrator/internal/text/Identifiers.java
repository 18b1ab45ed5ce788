package dev.migrator.internal.text;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/** Quotes what SQL cannot bind as a parameter by itself. The only place that does. */
public final class Identifiers {

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /** The words that cannot be names of tables or columns without quotes (PostgreSQL manual, appendix C). */
  private static final Set<String> RESERVED = Set.of(
      "all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column"
          .concat(
              " concurrently constraint create cross current_catalog current_date current_role current_schema")
          .concat(
              " current_time current_timestamp current_user default deferrable desc distinct do else end except false")
          .concat(
              " fetch for foreign freeze from full grant group having ilike in initially inner intersect into is isnull")
          .concat(
              " join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or")
          .concat(
              " order outer overlaps placing primary references returning right select session_user similar some")
          .concat(
              " symmetric system_user table tablesample then to trailing true union unique user using variadic verbose")
          .concat(" when where window with")
          .split(" "));

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

  /** An identifier as a person writes it: in quotes only where it means something else without. */
  public static String readable(String identifier) {
    return PLAIN.matcher(identifier).matches() && !RESERVED.contains(identifier)
        ? identifier
        : quote(identifier);
  }

  /** A name within a schema, both parts quoted. */
  public static String quote(String schema, String name) {
    return quote(schema) + '.' + quote(name);
  }

  /**
   * A string constant that means the same whatever {@code standard_conforming_strings} is (PostgreSQL manual, 4.1.2.2).
   * For the one query that has no parameters so that it needs no prepared statement, and for EXECUTE, which takes none.
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
